/** Numbers that grow with time, and the public ids computed from them. */
@NullMarked
package dev.ringpost.id;

import org.jspecify.annotations.NullMarked;
