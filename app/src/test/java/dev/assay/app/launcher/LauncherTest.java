package dev.assay.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code assay} in a project whose program and whose Maven are small. */
class LauncherTest {
  @TempDir private Path folder;
  private SmallProject project;

  @BeforeEach
  void makeProject() throws Exception {
    project = new SmallProject(folder.resolve("a project"));
  }

  @Nested
  class ABuild {
    @Test
    void isMadeWhenNothingIsBuiltAndOnlySaidOnStandardError() throws Exception {
      SmallProject.Ended first = project.run("one", "two words");

      assertThat(first.exitCode()).isEqualTo(7);
      assertThat(first.out()).startsWith("arguments [one, two words]\n");
      assertThat(first.err()).isEqualTo(SmallProject.BUILDING);
      assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void isNotMadeAgain() throws Exception {
      project.run("one");

      SmallProject.Ended second = project.run("two");

      assertThat(second.out()).startsWith("arguments [two]\n");
      assertThat(second.err()).isEmpty();
      assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void isMadeWhenASourceChanged() throws Exception {
      project.run("one");
      FileTime later = FileTime.from(Instant.now().plusSeconds(5));
      Files.setLastModifiedTime(project.source(), later);

      project.run("two");

      assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void isMadeOnceWhenSeveralStart() throws Exception {
      Process one = project.start(Map.of(), "one");
      Process two = project.start(Map.of(), "two");

      assertThat(one.waitFor()).isEqualTo(7);
      assertThat(two.waitFor()).isEqualTo(7);
      assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void thatFailsSaysWhyAndIsTriedAgain() throws Exception {
      project.breakBuild();

      SmallProject.Ended ended = project.run("one");

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err())
          .contains("Source.java is wrong\n")
          .contains("assay: the build failed (all of it is in ");
      project.run("two");
      assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void leavesTheFilesOfTheBuildBefore() throws Exception {
      for (int i = 0; i < 5; i++) {
        FileTime later = FileTime.from(Instant.now().plusSeconds(5L * (i + 1)));
        Files.setLastModifiedTime(project.source(), later);
        project.run("one");
        project.outdate();
      }

      try (Stream<Path> builds = Files.list(project.root().resolve("target/dist"))) {
        assertThat(builds.filter(Files::isDirectory)).hasSize(3);
      }
    }
  }

  @Nested
  class TheProgram {
    @Test
    void isFoundThroughLinksFromElsewhere() throws Exception {
      Path link = Files.createSymbolicLink(folder.resolve("link"), project.root().resolve("assay"));
      Path second = Files.createSymbolicLink(folder.resolve("second link"), Path.of("link"));
      assertThat(second).exists();

      assertThat(SmallProject.end(project.command(second, Map.of(), "one").start()).out())
          .startsWith("arguments [one]\n");
      assertThat(link).exists();
    }

    @Test
    void runsInTheWorkingFolderOfTheCaller() throws Exception {
      assertThat(project.run("one").out()).contains("\nfolder " + folder.toRealPath() + "\n");
    }

    @Test
    void writesFilesForItsOwnerOnly() throws Exception {
      project.run("write");

      assertThat(Files.getPosixFilePermissions(folder.resolve("written"))).hasSize(2);
    }

    @Test
    void isCompiledLessWhenItRunsShortly() throws Exception {
      assertThat(project.run("--home", "serve", "chat").out()).contains("TieredStopAtLevel=1");
      assertThat(project.run("--home", "x", "serve").out()).doesNotContain("TieredStopAtLevel");
      assertThat(project.run("serve", "--json").out()).contains("-XX:+UseParallelGC", "-Xmx");
    }

    @Test
    void knowsWhichOfItsStreamsAreTerminals() throws Exception {
      assertThat(project.run("one").out()).contains("\nterminals \n");
    }

    @Test
    void getsTheOptionsOfTheUserLast() throws Exception {
      Map<String, String> options = Map.of("ASSAY_JAVA_OPTS", "-Dfirst=1 -Xmx99m");

      assertThat(SmallProject.end(project.start(options, "one")).out())
          .containsPattern("-Xmx512m.*-Dfirst=1, -Xmx99m");
    }
  }

  @Nested
  class TheStartUpCache {
    @Test
    void isUsed() throws Exception {
      project.trainInEarnest();
      Map<String, String> insisting = Map.of("ASSAY_JAVA_OPTS", "-XX:AOTMode=on");

      assertThat(SmallProject.end(project.start(insisting, "one")).exitCode()).isEqualTo(7);
      assertThat(SmallProject.end(project.start(insisting, "serve")).exitCode()).isEqualTo(7);
    }

    @Test
    void thatCannotBeMadeIsSaidAndGoneWithout() throws Exception {
      project.breakTraining();

      SmallProject.Ended ended = project.run("one");

      assertThat(ended.exitCode()).isEqualTo(7);
      assertThat(ended.err()).contains("no start-up cache could be made");
      assertThat(project.run("one").err()).isEmpty();
    }
  }

  @Nested
  class WithoutAJdk {
    @Test
    void oneLineSaysWhatToInstall() throws Exception {
      project.hideJdk();

      SmallProject.Ended ended = project.run("one");

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.err()).isEqualTo("Assay needs a JDK 25: install one\n");
    }
  }
}
