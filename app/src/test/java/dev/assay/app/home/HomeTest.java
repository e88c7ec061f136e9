package dev.assay.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  @TempDir private Path folder;

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void isMadeForItsOwnerOnly() throws Exception {
    Home home = new Home(folder.resolve("deep/home"));

    home.prepare();

    assertThat(permissions(home.folder())).isEqualTo("rwx------");
  }

  @Test
  void closesAnEmptyFolderToOthers() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));

    new Home(open).prepare();

    assertThat(permissions(open)).isEqualTo("rwx------");
  }

  @Test
  void isNeverAnOpenFolderOfSomethingElse() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("letter.txt"), "Dear");
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(new Home(other)::prepare)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("holds files that are not Assay's")
        .hasMessageContaining("chmod 700");
    assertThat(permissions(other)).isEqualTo("rwxr-xr-x");
  }

  @Test
  void mustBeAFolder() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(new Home(file)::prepare)
        .isInstanceOf(SetupException.class)
        .hasMessage("the home " + file + " is no folder: choose another with --home");
  }
}
