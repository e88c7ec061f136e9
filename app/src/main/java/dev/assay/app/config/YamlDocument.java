package dev.assay.app.config;

import dev.assay.cli.SetupException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The values of a YAML 1.2 document by their paths, and where each stands. */
final class YamlDocument {
  private final String file;
  private final Map<List<String>, Value> values = new LinkedHashMap<>();
  private final Set<List<String>> sections = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  private YamlDocument(String file) {
    this.file = file;
  }

  /**
   * Reads a document.
   *
   * @param file what problems call it
   * @param text the document
   * @throws SetupException when it is no YAML, or a key stands twice
   */
  static YamlDocument read(String file, String text) throws SetupException {
    YamlDocument document = new YamlDocument(file);
    LoadSettings settings = LoadSettings.builder().setLabel(file).build();
    try {
      new Compose(settings).composeString(text).ifPresent(document::enterRoot);
    } catch (MarkedYamlEngineException malformed) {
      int line = malformed.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new SetupException(file + ":" + line + ": " + malformed.getProblem(), malformed);
    } catch (YamlEngineException malformed) {
      throw new SetupException(file + ": is not YAML", malformed);
    }
    if (!document.problems.isEmpty()) {
      throw new SetupException(String.join("\n", document.problems));
    }
    return document;
  }

  /** A document without any value. */
  static YamlDocument empty(String file) {
    return new YamlDocument(file);
  }

  /** What problems call it. */
  String file() {
    return file;
  }

  /** Every value. */
  Map<List<String>, Value> values() {
    return values;
  }

  /** The names that stand directly in a section, in their order. */
  List<String> names(List<String> section) {
    int depth = section.size();
    return sections.stream()
        .filter(path -> path.size() == depth + 1 && path.subList(0, depth).equals(section))
        .map(List::getLast)
        .toList();
  }

  private void enterRoot(Node root) {
    if (root instanceof MappingNode mapping) {
      enterMapping(List.of(), mapping);
    } else if (!empty(root)) {
      problems.add(file + ":" + line(root) + ": must be keys with values, such as server.port");
    }
  }

  private void enter(List<String> path, Node node) {
    sections.add(path);
    switch (node) {
      case MappingNode mapping -> enterMapping(path, mapping);
      case SequenceNode sequence -> enterSequence(path, sequence);
      // A section whose lines are all commented out has no value.
      case ScalarNode scalar when empty(scalar) -> {}
      case ScalarNode scalar ->
          values.put(path, new Value(path, List.of(scalar.getValue()), line(scalar)));
      default -> problems.add(file + ":" + line(node) + ": aliases and anchors are not taken");
    }
  }

  private void enterMapping(List<String> path, MappingNode mapping) {
    Set<String> seen = new HashSet<>();
    for (NodeTuple member : mapping.getValue()) {
      if (!(member.getKeyNode() instanceof ScalarNode name)) {
        problems.add(file + ":" + line(member.getKeyNode()) + ": a key must be a word");
        continue;
      }
      List<String> inner = append(path, name.getValue());
      if (!seen.add(name.getValue())) {
        problems.add(
            file + ":" + line(name) + ": " + Value.written(inner) + " stands twice: keep one");
      }
      enter(inner, member.getValueNode());
    }
  }

  private void enterSequence(List<String> path, SequenceNode sequence) {
    List<Node> elements = sequence.getValue();
    if (elements.stream().allMatch(ScalarNode.class::isInstance)) {
      List<String> texts =
          elements.stream().map(element -> ((ScalarNode) element).getValue()).toList();
      values.put(path, new Value(path, texts, line(sequence)));
      return;
    }
    for (int i = 0; i < elements.size(); i++) {
      enter(append(path, "[" + i + "]"), elements.get(i));
    }
  }

  private static List<String> append(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return List.copyOf(longer);
  }

  private static boolean empty(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }
}
