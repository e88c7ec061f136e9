/** Connections, requests and answers of HTTP, with their limits; nothing about models. */
@NullMarked
package dev.assay.web.http;

import org.jspecify.annotations.NullMarked;
