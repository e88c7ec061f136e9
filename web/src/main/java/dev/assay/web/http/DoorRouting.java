package dev.assay.web.http;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives every request to one door, without Helidon's path patterns and filters, and decides what
 * becomes of the connection afterwards.
 */
public final class DoorRouting implements HttpRouting {
  private static final Logger LOG = LoggerFactory.getLogger(DoorRouting.class);

  private final Door door;
  private final Door defect;
  private final HttpSecurity security = HttpSecurity.create();

  private DoorRouting(Door door, Door defect) {
    this.door = door;
    this.defect = defect;
  }

  /**
   * A router.
   *
   * @param door answers every request
   * @param defect answers when that threw before anything was sent
   */
  public static Router router(Door door, Door defect) {
    return Router.builder().addRouting(new Ready(new DoorRouting(door, defect))).build();
  }

  @Override
  public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
    ClientConnection connection = (ClientConnection) context;
    connection.headEnded();
    HttpExchange exchange = new HttpExchange(connection, request, response);
    boolean last;
    try {
      answer(exchange);
    } finally {
      last = exchange.end();
    }
    if (last) {
      throw new CloseConnectionException("the last answer is out");
    }
  }

  private void answer(HttpExchange exchange) {
    try {
      door.handle(exchange);
    } catch (RuntimeException | Error e) {
      if (e instanceof RuntimeException broken && Broken.connection(broken)) {
        throw new CloseConnectionException("the client left", broken);
      }
      // The message is left out: it could quote a body.
      LOG.error("A door threw {} at {}", e.getClass().getName(), e.getStackTrace());
      exchange.closeAfterwards();
      if (!exchange.sent()) {
        defect.handle(exchange);
      }
    }
  }

  @Override
  public HttpSecurity security() {
    return security;
  }

  @Override
  public void beforeStart() {}

  @Override
  public void afterStop() {}

  /** Builds what is there already. */
  private record Ready(DoorRouting routing) implements io.helidon.common.Builder<Ready, Routing> {
    @Override
    public Routing build() {
      return routing;
    }
  }
}
