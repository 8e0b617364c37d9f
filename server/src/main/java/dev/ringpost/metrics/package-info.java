/** What Ringpost tells Prometheus; docs/metrics.md lists it. No label tells of an account, an endpoint or a call. */
@NullMarked
package dev.ringpost.metrics;

import org.jspecify.annotations.NullMarked;
