/** Accounts and their API keys: made, listed and revoked, by the HTTP API and by the command line. */
@NullMarked
package dev.ringpost.account;

import org.jspecify.annotations.NullMarked;
