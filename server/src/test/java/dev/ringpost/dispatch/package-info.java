@NullMarked
package dev.ringpost.dispatch;

import org.jspecify.annotations.NullMarked;
