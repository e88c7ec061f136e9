package dev.assay.ledger.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.core.secret.Secrets;
import dev.assay.core.time.Clock;
import dev.assay.ledger.FullLedger;
import dev.assay.ledger.LedgerFolder;
import dev.assay.ledger.SqliteLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of a home and the schema in them. */
class LedgerHomeTest {
  @TempDir private Path path;

  private LedgerFolder folder() {
    return new LedgerFolder(path.resolve("home"));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Nested
  class A_home {
    @Test
    void is_closed_to_others_with_everything_in_it() throws Exception {
      LedgerFolder folder = folder();
      try (SqliteLedger ledger = folder.open()) {
        assertThat(ledger.admits()).isTrue();
        assertThat(permissions(folder.path())).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder.path())) {
          List<Path> all = files.toList();
          assertThat(all)
              .extracting(file -> file.getFileName().toString())
              .containsExactlyInAnyOrder("assay.db", "assay.db-wal", "assay.db-shm", "assay.spill");
          for (Path file : all) {
            assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
          }
        }
      }
    }

    @Test
    void that_was_open_to_others_is_closed_to_them() throws Exception {
      LedgerFolder folder = folder();
      Files.createDirectory(
          folder.path(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
      folder.open().close();

      assertThat(permissions(folder.path())).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "NFS"})
    void on_a_network_is_refused(String type) {
      assertThat(LedgerHome.network(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "apfs", "zfs"})
    void on_a_disk_of_this_host_is_taken(String type) {
      assertThat(LedgerHome.network(type)).isFalse();
    }

    @Test
    void that_is_a_file_is_refused_with_a_message() throws Exception {
      Path file = Files.createFile(path.resolve("file"));

      assertThatThrownBy(() -> new LedgerFolder(file).open())
          .isInstanceOf(UnusableLedgerException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Nested
  class The_schema {
    @Test
    void is_made_in_an_empty_file_that_can_give_pages_back() throws Exception {
      LedgerFolder folder = folder();
      folder.open().close();

      assertThat(folder.query("PRAGMA page_size")).containsExactly("4096");
      assertThat(folder.query("PRAGMA auto_vacuum")).containsExactly("2");
      assertThat(folder.query("PRAGMA journal_mode")).containsExactly("wal");
      assertThat(folder.query("SELECT max(version + 0) FROM flyway_schema_history WHERE success"))
          .containsExactly(String.valueOf(Schema.NEWEST));
      assertThat(folder.query("PRAGMA integrity_check")).containsExactly("ok");
    }

    @Test
    void is_left_alone_when_it_is_the_newest() throws Exception {
      LedgerFolder folder = folder();
      FullLedger.write(folder);
      List<String> schema = folder.query("SELECT sql FROM sqlite_schema ORDER BY name");
      folder.open().close();

      assertThat(folder.query("SELECT sql FROM sqlite_schema ORDER BY name")).isEqualTo(schema);
      assertThat(folder.intactRecords()).isEqualTo(FullLedger.RECORDS);
    }

    @Test
    void that_is_newer_is_refused_by_writers_and_readers() throws Exception {
      LedgerFolder folder = folder();
      folder.open().close();
      folder.execute(
          "INSERT INTO flyway_schema_history SELECT max(installed_rank) + 1, '99', description, type,"
              + " script, checksum, installed_by, installed_on, execution_time, success FROM"
              + " flyway_schema_history");

      assertThatThrownBy(folder::open)
          .isInstanceOf(UnusableLedgerException.class)
          .hasMessageContaining("schema version 99")
          .hasMessageContaining("newer Assay");
      assertThatThrownBy(folder::openReadOnly)
          .isInstanceOf(UnusableLedgerException.class)
          .hasMessageContaining("schema version 99");
    }

    @Test
    void of_a_file_that_is_no_database_is_refused() throws Exception {
      LedgerFolder folder = folder();
      Files.createDirectory(folder.path());
      Files.writeString(folder.database(), "this is no database at all. ".repeat(500));

      assertThatThrownBy(folder::open)
          .isInstanceOf(UnusableLedgerException.class)
          .hasMessageContaining("assay.db");
    }
  }

  @Nested
  class Reading_only {
    @Test
    void needs_a_ledger() {
      assertThatThrownBy(() -> SqliteLedger.openReadOnly(folder().settings(), Clock.system()))
          .isInstanceOf(UnusableLedgerException.class)
          .hasMessageContaining("There is no ledger");
    }

    @Test
    void changes_nothing() throws Exception {
      LedgerFolder folder = folder();
      FullLedger.write(folder);
      byte[] before = Files.readAllBytes(folder.database());
      assertThat(folder.intactRecords()).isEqualTo(FullLedger.RECORDS);

      assertThat(Files.readAllBytes(folder.database())).isEqualTo(before);
    }

    @Test
    void goes_on_beside_a_writer() throws Exception {
      LedgerFolder folder = folder();
      FullLedger.write(folder);
      try (SqliteLedger writer =
          SqliteLedger.open(folder.settings(), Clock.system(), Secrets.NONE)) {
        assertThat(writer.admits()).isTrue();
        assertThat(folder.intactRecords()).isEqualTo(FullLedger.RECORDS);
      }
    }
  }
}
