package dev.assay.wire.format;

import dev.assay.core.bytes.Bytes;
import dev.assay.core.outcome.ErrorCode;
import dev.assay.core.request.ChatRequest;
import dev.assay.wire.json.InvalidField;
import dev.assay.wire.json.JsonFault;
import dev.assay.wire.json.MemberReader;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JacksonException;

/** Reads the body of a request, whatever its format. */
public final class RequestBody {
  private RequestBody() {}

  /**
   * Reads a body.
   *
   * @param body the bytes as they came
   * @param reader reads the request out of its members; what it throws as {@link InvalidField}
   *     becomes the reason why there is none
   */
  public static RequestRead read(Bytes body, Function<MemberReader, ChatRequest> reader) {
    if (!MemberReader.looksLikeUtf8(body)) {
      return invalid("The body must be JSON in UTF-8.");
    }
    try (MemberReader members = new MemberReader(body)) {
      return new RequestRead.Valid(reader.apply(members));
    } catch (InvalidField invalid) {
      return new RequestRead.Invalid(
          ErrorCode.INVALID_REQUEST, invalid.sentence(), invalid.field());
    } catch (JacksonException malformed) {
      return invalid("The body " + JsonFault.text(malformed) + ".");
    }
  }

  private static RequestRead invalid(String message) {
    return new RequestRead.Invalid(ErrorCode.INVALID_REQUEST, message, Optional.empty());
  }
}
