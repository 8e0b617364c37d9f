/** What is answered when a request can't be served: RFC 9457 problem documents. */
@NullMarked
package dev.ringpost.api.problem;

import org.jspecify.annotations.NullMarked;
