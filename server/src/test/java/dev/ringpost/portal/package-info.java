@NullMarked
package dev.ringpost.portal;

import org.jspecify.annotations.NullMarked;
