package dev.assay.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {
  @TempDir private Path folder;

  private Environment with(String file) throws Exception {
    Files.writeString(folder.resolve(".env"), file);
    return new Environment(Map.of("HOME_OF", "real")).withFileIn(folder);
  }

  @Test
  void isUnchangedWithoutAFile() throws Exception {
    Environment environment = new Environment(Map.of("A", "1"));

    assertThat(environment.withFileIn(folder)).isSameAs(environment);
  }

  @Test
  void readsTheFormsThatPeopleWrite() throws Exception {
    Environment environment =
        with(
            """
            # a comment
            PLAIN=one two
            export EXPORTED = yes # and why
            QUOTED="with # and spaces"
            SINGLE='$literal'
            HASH=a#b
            EMPTY=
            """);

    assertThat(environment.get("PLAIN")).contains("one two");
    assertThat(environment.get("EXPORTED")).contains("yes");
    assertThat(environment.get("QUOTED")).contains("with # and spaces");
    assertThat(environment.get("SINGLE")).contains("$literal");
    assertThat(environment.get("HASH")).contains("a#b");
    assertThat(environment.get("EMPTY")).isEmpty();
  }

  @Test
  void keepsWhatTheProcessWasStartedWith() throws Exception {
    assertThat(with("HOME_OF=file").get("HOME_OF")).contains("real");
  }

  @Test
  void namesTheLineThatIsWrongWithoutSayingIt() {
    assertThatThrownBy(() -> with("A=1\nsk-secret"))
        .hasMessageEndingWith(".env:2: must be NAME=VALUE")
        .hasMessageNotContaining("sk-secret");
  }
}
