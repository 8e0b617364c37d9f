@NullMarked
package dev.ringpost.dashboard.delivery;

import org.jspecify.annotations.NullMarked;
