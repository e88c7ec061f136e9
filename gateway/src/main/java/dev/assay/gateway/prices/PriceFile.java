package dev.assay.gateway.prices;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The price table that ships with the program; its columns are described in its README. */
final class PriceFile {
  private static final String NAME = "prices.csv";

  private PriceFile() {}

  static List<PriceRow> read() {
    try (InputStream file = PriceFile.class.getResourceAsStream(NAME)) {
      if (file == null) {
        throw new IllegalStateException(NAME + " is missing from the program");
      }
      return rows(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<PriceRow> rows(String csv) {
    List<PriceRow> rows = new ArrayList<>();
    for (NamedCsvRecord line : CsvReader.builder().ofNamedCsvRecord(csv)) {
      if (!line.getField("currency").equals("USD")) {
        throw new IllegalArgumentException(
            NAME + " line " + line.getStartingLineNumber() + ": currency: must be USD");
      }
      rows.add(row(line));
    }
    return rows;
  }

  private static PriceRow row(NamedCsvRecord line) {
    String aliases = line.getField("aliases");
    String above = line.getField("above_input_tokens");
    return new PriceRow(
        line.getField("provider"),
        line.getField("model"),
        aliases.isEmpty() ? List.of() : List.of(aliases.split(";", -1)),
        LocalDate.parse(line.getField("valid_from")),
        above.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(above)),
        price(line, "input"),
        price(line, "output"),
        price(line, "cache_read"),
        price(line, "cache_write_5m"),
        price(line, "cache_write_1h"),
        price(line, "input_audio"),
        price(line, "output_audio"));
  }

  private static Optional<BigDecimal> price(NamedCsvRecord line, String column) {
    String text = line.getField(column);
    return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
  }
}
