/** Signing in, and the account that an operator looks at. */
@NullMarked
package dev.ringpost.dashboard.signin;

import org.jspecify.annotations.NullMarked;
