/** How a request becomes a page: what it may bring, who may ask, and the headers that keep a page safe. */
@NullMarked
package dev.ringpost.dashboard.page;

import org.jspecify.annotations.NullMarked;
