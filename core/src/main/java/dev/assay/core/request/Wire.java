package dev.assay.core.request;

import dev.assay.core.bytes.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in, so that it can leave in the same format as the client's own bytes.
 *
 * @param format what the body is written in
 * @param body the client's bytes, untouched
 * @param members the members of the outermost object, by name
 * @param headers the request headers that travel on with the same format, names in lower case;
 *     never a credential
 * @param query the raw query string, which travels on with the same format
 * @param unread the paths of members with a value that the canonical request does not have, such as
 *     {@code logit_bias} or {@code messages[2].content[0].citations}; they travel only with the
 *     same format
 * @param continues the provider that keeps what the request goes on from, when that is known here
 *     and stands in the canonical messages too
 */
public record Wire(
    WireFormat format,
    Bytes body,
    Map<String, Member> members,
    Map<String, String> headers,
    Optional<String> query,
    List<String> unread,
    Optional<String> continues) {
  /** Copies the collections. */
  public Wire {
    members = Map.copyOf(members);
    headers = Map.copyOf(headers);
    unread = List.copyOf(unread);
  }

  /** A request that goes on from nothing that is known here. */
  public Wire(
      WireFormat format,
      Bytes body,
      Map<String, Member> members,
      Map<String, String> headers,
      Optional<String> query,
      List<String> unread) {
    this(format, body, members, headers, query, unread, Optional.empty());
  }

  /** A request that the canonical form has whole. */
  public Wire(
      WireFormat format,
      Bytes body,
      Map<String, Member> members,
      Map<String, String> headers,
      Optional<String> query) {
    this(format, body, members, headers, query, List.of());
  }
}
