package dev.assay.wire.http;

/** What came of a request: the head of a response, whatever its status, or a failure. */
public sealed interface HttpResult permits HttpResponse, HttpFailure {}
