@NullMarked
package dev.ringpost.dashboard.session;

import org.jspecify.annotations.NullMarked;
