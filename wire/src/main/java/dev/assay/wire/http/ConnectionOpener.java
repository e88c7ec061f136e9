package dev.assay.wire.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections: looks the name up, connects, and shakes hands for TLS. */
final class ConnectionOpener {
  private final Optional<SSLContext> trust;

  ConnectionOpener(Optional<SSLContext> trust) {
    this.trust = trust;
  }

  /**
   * A new connection, within the time that the exchange has for it.
   *
   * @throws IOException when there is none; also when the exchange is stopped meanwhile
   */
  Connection open(Endpoint endpoint, Exchange exchange) throws IOException {
    exchange.waitForConnection();
    SocketChannel channel = connect(endpoint, exchange);
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Optional<SSLSocket> tls =
          endpoint.tls() ? Optional.of(shakeHands(endpoint, channel)) : Optional.empty();
      exchange.waited();
      return new Connection(endpoint, channel, tls, exchange);
    } catch (IOException failed) {
      Exchange.closeQuietly(channel);
      throw failed;
    }
  }

  /** Tries the addresses of the host in turn: {@code localhost} often listens on one of two. */
  private static SocketChannel connect(Endpoint endpoint, Exchange exchange) throws IOException {
    IOException first = null;
    for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
      SocketChannel channel = SocketChannel.open();
      exchange.attach(channel);
      try {
        channel.connect(new InetSocketAddress(address, endpoint.port()));
        return channel;
      } catch (IOException failed) {
        Exchange.closeQuietly(channel);
        first = first == null ? failed : first;
        if (exchange.stopped() != null) {
          break;
        }
      }
    }
    throw first == null ? new IOException("the host has no address") : first;
  }

  private SSLSocket shakeHands(Endpoint endpoint, SocketChannel channel) throws IOException {
    SSLSocketFactory factory =
        trust.isPresent()
            ? trust.get().getSocketFactory()
            : (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket socket =
        (SSLSocket) factory.createSocket(channel.socket(), endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
