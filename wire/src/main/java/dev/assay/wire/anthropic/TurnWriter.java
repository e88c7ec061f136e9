package dev.assay.wire.anthropic;

import dev.assay.core.request.Message;
import dev.assay.core.request.Part;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a conversation: the system messages as one system text, the others as turns of user and
 * assistant. Neighbours of one role are one turn; a user's turn begins with its tool results, as
 * the API wants it.
 */
final class TurnWriter {
  private TurnWriter() {}

  /**
   * What one side says before the other.
   *
   * @param role {@code user} or {@code assistant}
   * @param parts what is said
   */
  private record Turn(String role, List<Part> parts) {}

  /** Writes the members {@code system}, when there is anything in it, and {@code messages}. */
  static void write(JsonGenerator json, List<Message> messages) {
    List<Part> system = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    for (Message message : messages) {
      switch (message.role()) {
        case SYSTEM -> system.addAll(message.parts());
        case USER, TOOL -> turn(turns, "user").addAll(message.parts());
        case ASSISTANT -> turn(turns, "assistant").addAll(message.parts());
      }
    }
    List<BlockWriter.Block> instructions = BlockWriter.blocks(system);
    if (!instructions.isEmpty()) {
      BlockWriter.writeContent(json, "system", instructions);
    }
    json.writeArrayPropertyStart("messages");
    turns.forEach(turn -> write(json, turn));
    json.writeEndArray();
  }

  private static List<Part> turn(List<Turn> turns, String role) {
    if (turns.isEmpty() || !turns.getLast().role.equals(role)) {
      turns.add(new Turn(role, new ArrayList<>()));
    }
    return turns.getLast().parts;
  }

  private static void write(JsonGenerator json, Turn turn) {
    List<BlockWriter.Block> blocks = resultsFirst(BlockWriter.blocks(turn.parts));
    if (blocks.isEmpty()) {
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("role", turn.role);
    BlockWriter.writeContent(json, "content", blocks);
    json.writeEndObject();
  }

  private static List<BlockWriter.Block> resultsFirst(List<BlockWriter.Block> blocks) {
    List<BlockWriter.Block> ordered = new ArrayList<>(blocks.size());
    blocks.stream().filter(TurnWriter::isResult).forEach(ordered::add);
    blocks.stream().filter(block -> !isResult(block)).forEach(ordered::add);
    return ordered;
  }

  private static boolean isResult(BlockWriter.Block block) {
    return block.part() instanceof Part.ToolResult;
  }
}
