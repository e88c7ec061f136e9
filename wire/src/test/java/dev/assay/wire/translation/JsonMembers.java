package dev.assay.wire.translation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The members of an object, each of which must be asked for. */
final class JsonMembers {
  private final Map<?, ?> members;
  private final Set<Object> left;

  JsonMembers(Object object) {
    this.members = (Map<?, ?>) object;
    this.left = new TreeSet<>(members.keySet());
  }

  /** Fails when a member was not asked for. */
  void end() {
    if (!left.isEmpty()) {
      throw new IllegalArgumentException("not understood: " + left);
    }
  }

  private Optional<Object> member(String name) {
    left.remove(name);
    return Optional.ofNullable(members.get(name));
  }

  Optional<String> text(String name) {
    return member(name).map(String.class::cast);
  }

  Optional<Boolean> bool(String name) {
    return member(name).map(Boolean.class::cast);
  }

  Optional<BigDecimal> number(String name) {
    return member(name).map(BigDecimal.class::cast);
  }

  /** Any value, as text without spaces. */
  Optional<String> raw(String name) {
    return member(name).map(JsonTree::text);
  }

  Optional<JsonMembers> object(String name) {
    return member(name).map(JsonMembers::new);
  }

  List<JsonMembers> objects(String name) {
    return elements(name).stream().map(JsonMembers::new).toList();
  }

  List<String> texts(String name) {
    return elements(name).stream().map(String.class::cast).toList();
  }

  private List<?> elements(String name) {
    return member(name).<List<?>>map(value -> (List<?>) value).orElse(List.of());
  }
}
