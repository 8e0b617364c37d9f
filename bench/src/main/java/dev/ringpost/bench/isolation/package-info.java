/** What healthy endpoints and quiet accounts feel of sick and of flooding ones. */
@NullMarked
package dev.ringpost.bench.isolation;

import org.jspecify.annotations.NullMarked;
