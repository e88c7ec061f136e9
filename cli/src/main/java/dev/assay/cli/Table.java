package dev.assay.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under headings, every column as wide as its widest cell. */
final class Table {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(Column... columns) {
    this.columns = List.of(columns);
  }

  /** A column of words. */
  static Column left(String heading) {
    return new Column(heading, false);
  }

  /** A column of figures. */
  static Column right(String heading) {
    return new Column(heading, true);
  }

  /** Adds a row; it has a cell for every column. */
  void row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException("cells: must be " + columns.size());
    }
    rows.add(Arrays.stream(cells).map(Table::onOneLine).toList());
  }

  /** Writes the headings and the rows. */
  void print(Output output) {
    output.line(Ink.BOLD, laidOut(columns.stream().map(Column::heading).toList()));
    rows.forEach(row -> output.line(laidOut(row)));
  }

  private String laidOut(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(width(i) - length(cell));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).right() ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    int heading = length(columns.get(column).heading());
    return rows.stream().mapToInt(row -> length(row.get(column))).reduce(heading, Math::max);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String onOneLine(String cell) {
    return cell.replace('\n', ' ').replace('\t', ' ');
  }

  /**
   * A column.
   *
   * @param heading its heading
   * @param right whether its cells end at the same place
   */
  record Column(String heading, boolean right) {}
}
