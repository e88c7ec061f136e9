package dev.assay.app.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.SetupException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {
  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void makeHome() {
    home = new Home(folder);
  }

  private HomeLock take() throws SetupException {
    return switch (HomeLock.take(home)) {
      case HomeLock.Result.Taken(HomeLock lock) -> lock;
      case HomeLock.Result.Held held -> throw new AssertionError("held: " + held);
    };
  }

  @Nested
  class AFreeHome {
    @Test
    void isTakenAndNamesItsOwner() throws Exception {
      try (HomeLock lock = take()) {
        lock.announce(8420);

        Owner written = Owner.read(lock.owner().written()).orElseThrow();
        assertThat(written.pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(written.port()).isEqualTo(OptionalInt.of(8420));
        assertThat(written.token()).hasSize(64);
      }
    }

    @Test
    void hasALockFileForItsOwnerOnly() throws Exception {
      Files.writeString(home.lock(), "");
      Files.setPosixFilePermissions(home.lock(), PosixFilePermissions.fromString("rw-r--r--"));

      take().close();

      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.lock())))
          .isEqualTo("rw-------");
    }

    @Test
    void hasANewTokenEachTime() throws Exception {
      HomeLock first = take();
      first.close();
      try (HomeLock second = take()) {
        assertThat(second.owner().token()).isNotEqualTo(first.owner().token());
      }
    }

    @Test
    void hasNoOwner() {
      assertThat(HomeLock.owner(home)).isEmpty();
      assertThat(home.lock()).doesNotExist();
    }
  }

  @Nested
  class AfterACrash {
    @Test
    void isFreeWhateverTheFileSays() throws Exception {
      Files.write(home.lock(), new Owner(1, OptionalInt.of(8420), "stale").written());

      assertThat(HomeLock.owner(home)).isEmpty();
      take().close();
    }
  }

  @Nested
  class AnOwner {
    @Test
    void isReadAsItWasWritten() {
      Owner owner = new Owner(42, OptionalInt.of(8420), "abc");

      assertThat(Owner.read(owner.written())).contains(owner);
      assertThat(Owner.read(new Owner(42, OptionalInt.empty(), "abc").written()))
          .contains(new Owner(42, OptionalInt.empty(), "abc"));
    }

    @Test
    void isNotReadBeforeItIsWhole() {
      byte[] whole = new Owner(42, OptionalInt.of(8420), "abc").written();
      for (int length = 0; length < whole.length; length++) {
        assertThat(Owner.read(Arrays.copyOf(whole, length))).isEmpty();
      }
      assertThat(Owner.read("pid=x\nend\n".getBytes(StandardCharsets.US_ASCII))).isEmpty();
    }

    @Test
    void neverPrintsItsToken() {
      assertThat(new Owner(42, OptionalInt.of(1), "abc").toString()).doesNotContain("abc");
    }
  }
}
