@NullMarked
package dev.ringpost.id;

import org.jspecify.annotations.NullMarked;
