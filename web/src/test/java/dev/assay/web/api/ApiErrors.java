package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.web.RawResponse;
import dev.assay.wire.format.ApiError;
import dev.assay.wire.openai.ChatErrorReader;

/** Reads the errors that a server gives. */
final class ApiErrors {
  private ApiErrors() {}

  /** The error in OpenAI's shape that a response is; it has nothing that the shape does not. */
  static ApiError error(RawResponse response) {
    assertThat(response.header("content-type")).contains("application/json");
    ApiError error =
        ChatErrorReader.read(dev.assay.core.bytes.Bytes.utf8(response.body())).orElseThrow();
    assertThat(error.standard()).isTrue();
    assertThat(error.message().orElseThrow()).isNotBlank();
    return error;
  }
}
