package dev.assay.ledger.record;

import dev.assay.core.outcome.Details;
import dev.assay.core.outcome.EmbeddingReport;
import dev.assay.core.secret.Secrets;
import dev.assay.core.store.CallRecord;
import dev.assay.core.vector.KeyedVector;
import dev.assay.ledger.record.SideRow.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written together with a call: the vectors that it brought, where its response is. */
final class SideRows {
  private SideRows() {}

  static List<SideRow> of(CallRecord call, Secrets secrets) {
    List<SideRow> rows = new ArrayList<>();
    Details details = call.outcome().details();
    details.embedding().map(EmbeddingReport::fresh).orElse(List.of()).stream()
        .map(fresh -> vector(fresh, call, secrets))
        .forEach(rows::add);
    call.responseId().map(id -> response(id, call, secrets)).ifPresent(rows::add);
    return rows;
  }

  private static SideRow vector(KeyedVector fresh, CallRecord call, Secrets secrets) {
    Details details = call.outcome().details();
    @Nullable Object[] values = {
      fresh.key(),
      secrets.scrub(details.provider() + "/" + details.model()),
      (long) fresh.vector().dimension(),
      fresh.vector().norm(),
      fresh.vector().bytes(),
      call.context().callId().toString(),
      Times.micros(call.createdAt())
    };
    return new SideRow(Table.VECTORS, values);
  }

  private static SideRow response(String id, CallRecord call, Secrets secrets) {
    @Nullable Object[] values = {
      id, call.context().callId().toString(), secrets.scrub(call.context().principal().name())
    };
    return new SideRow(Table.RESPONSES, values);
  }
}
