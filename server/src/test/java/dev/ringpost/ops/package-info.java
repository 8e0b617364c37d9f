/** What the operator is told about endpoints, by a webhook of the operator's own. */
@NullMarked
package dev.ringpost.ops;

import org.jspecify.annotations.NullMarked;
