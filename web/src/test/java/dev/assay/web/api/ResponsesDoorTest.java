package dev.assay.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.core.model.Principal;
import dev.assay.web.FakeCalls.Asked;
import dev.assay.web.RawClient;
import dev.assay.web.RawResponse;
import dev.assay.web.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stored response is shown, and gone on from, only in the name of who asks. */
class ResponsesDoorTest {
  private static final String ID = "resp_of_somebody";
  private static final String MADE_HERE = "resp_assay_01970000000070008000000000000001";
  private static final String GOES_ON =
      "{\"model\":\"m\",\"input\":\"more\",\"previous_response_id\":\"" + MADE_HERE + "\"}";
  private static final String TOKEN = "Authorization: Bearer " + TestServer.TOKEN + "\r\n";

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawResponse get(String headers) throws IOException {
    try (RawClient client = server.connect()) {
      return client.ask(
          "GET /v1/responses/" + ID + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }
  }

  private RawResponse goOn(String headers) throws IOException {
    try (RawClient client = server.connect()) {
      return client.ask(RawClient.post("/v1/responses", GOES_ON, headers));
    }
  }

  @Test
  void a_response_is_looked_for_in_the_name_of_who_asks() throws IOException {
    RawResponse response = get("");
    get(TOKEN);

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).contains("\"param\":\"response_id\"");
    assertThat(server.calls().responses())
        .containsExactly(new Asked(ID, Principal.LOCAL), new Asked(ID, Principal.HOST));
  }

  @Test
  void a_conversation_goes_on_only_from_what_who_asks_may_see() throws IOException {
    RawResponse response = goOn("");
    goOn(TOKEN);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body()).contains("\"param\":\"previous_response_id\"");
    assertThat(server.model().asked()).isEmpty();
    assertThat(server.calls().responses())
        .containsExactly(
            new Asked(MADE_HERE, Principal.LOCAL), new Asked(MADE_HERE, Principal.HOST));
  }
}
