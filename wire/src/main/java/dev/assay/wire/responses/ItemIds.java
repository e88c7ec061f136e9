package dev.assay.wire.responses;

import java.util.HexFormat;
import java.util.UUID;

/**
 * The identifiers of an answer's items, made from the call's: the same whether the answer is whole
 * or a stream.
 *
 * @param call the call's identifier, in 32 hexadecimal digits
 */
record ItemIds(String call) {
  static ItemIds of(UUID callId) {
    return new ItemIds(callId.toString().replace("-", ""));
  }

  String message(int index) {
    return id("msg_", index);
  }

  String call(int index) {
    return id("fc_", index);
  }

  String reasoning(int index) {
    return id("rs_", index);
  }

  private String id(String prefix, int index) {
    return prefix + call + HexFormat.of().toHexDigits((short) index);
  }
}
