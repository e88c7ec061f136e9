package dev.assay.app.e2e.matrix;

import dev.assay.core.request.Part;
import dev.assay.core.request.Signature;
import java.util.ArrayList;
import java.util.List;

/** What an answer says, kind by kind, without the order among the kinds. */
record Said(String text, String reasoning, List<Signature> signatures, List<Part> others) {
  static Said of(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    StringBuilder reasoning = new StringBuilder();
    List<Signature> signatures = new ArrayList<>();
    List<Part> others = new ArrayList<>();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String words) -> text.append(words);
        case Part.Reasoning(String thought, var signature) -> {
          reasoning.append(thought);
          signature.ifPresent(signatures::add);
        }
        default -> others.add(part);
      }
    }
    return new Said(text.toString(), reasoning.toString(), signatures, others);
  }
}
