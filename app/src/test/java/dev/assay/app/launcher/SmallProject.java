package dev.assay.app.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/**
 * A project with the launcher of this one, a program that tells how it was started and ends with
 * code 7, and a Maven that counts how often it is called.
 */
final class SmallProject {
  static final String BUILDING =
      "assay: building, as nothing is built yet or sources changed (the first time takes minutes)\n";

  private static final List<String> MODULES =
      List.of("core", "wire", "providers", "ledger", "gateway", "web", "cli", "app");

  private static final String PROGRAM =
      """
      package dev.assay.app;
      public class Main {
        public static void main(String[] arguments) throws Exception {
          System.out.println("arguments " + java.util.List.of(arguments));
          System.out.println("folder " + java.nio.file.Path.of("").toAbsolutePath());
          System.out.println("terminals " + System.getProperty("assay.terminals"));
          System.out.println("options " + java.lang.management.ManagementFactory
              .getRuntimeMXBean().getInputArguments());
          if (arguments.length > 0 && arguments[0].equals("write")) {
            java.nio.file.Files.createFile(java.nio.file.Path.of("written"));
          }
          System.exit(arguments.length > 0 && arguments[0].equals("--version") ? 0 : 7);
        }
      }
      """;

  private static final String REHEARSAL =
      """
      package dev.assay.app;
      public class Rehearsal {
        public static void main(String[] arguments) {
          System.out.println(new java.math.BigDecimal("1.5"));
        }
      }
      """;

  private final Path root;

  /** A project in a new folder. */
  SmallProject(Path root) throws IOException {
    this.root = root;
    for (String module : MODULES) {
      Files.createDirectories(root.resolve(module).resolve("src/main"));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "");
    }
    Files.writeString(root.resolve("pom.xml"), "");
    Files.writeString(source(), "");
    Files.copy(Path.of("..", "assay"), root.resolve("assay"), StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectories(root.resolve("bin"));
    script("find-jdk", "echo '" + System.getProperty("java.home") + "'");
    script("maven", "echo built >>\"$(dirname \"$0\")/builds\"");
    script("train-start-cache", "exit 0");
    compile();
  }

  /**
   * What a run came to.
   *
   * @param exitCode the exit code
   * @param out standard output
   * @param err standard error
   */
  record Ended(int exitCode, String out, String err) {}

  Path root() {
    return root;
  }

  Path source() {
    return root.resolve("core/src/main/Source.java");
  }

  /** How often Maven was called. */
  int builds() throws IOException {
    return Files.readAllLines(root.resolve("bin/builds")).size();
  }

  void breakBuild() throws IOException {
    script(
        "maven",
        "echo built >>\"$(dirname \"$0\")/builds\"; echo 'Source.java is wrong' >&2; exit 1");
  }

  /** Lets the start-up cache be trained as it is in earnest. */
  void trainInEarnest() throws IOException {
    String training = "bin/train-start-cache";
    Files.copy(
        Path.of("..", training),
        root.resolve(training),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  void breakTraining() throws IOException {
    script("train-start-cache", "exit 1");
  }

  void hideJdk() throws IOException {
    script("find-jdk", "echo 'Assay needs a JDK 25: install one' >&2; exit 1");
  }

  /** Makes the last build look old. */
  void outdate() throws IOException {
    Files.setLastModifiedTime(root.resolve("target/dist/stamp"), FileTime.fromMillis(0));
  }

  Ended run(String... arguments) throws IOException, InterruptedException {
    return end(start(Map.of(), arguments));
  }

  Process start(Map<String, String> environment, String... arguments) throws IOException {
    return command(root.resolve("assay"), environment, arguments).start();
  }

  /** A call of the launcher by some path, from the folder above the project. */
  ProcessBuilder command(Path launcher, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(root.getParent().toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
    builder.environment().putAll(environment);
    return builder;
  }

  /** Waits until a run has ended; it writes less than a pipe holds. */
  static Ended end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    int code = process.waitFor();
    return new Ended(
        code,
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
        new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
  }

  private void script(String name, String body) throws IOException {
    Path file = root.resolve("bin").resolve(name);
    Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
    file.toFile().setExecutable(true);
  }

  private void compile() throws IOException {
    Path classes = Files.createTempDirectory(root, "classes");
    Path target = Files.createDirectories(root.resolve("app/target/lib")).getParent();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "dev.assay.app.Main");
    try (OutputStream file = Files.newOutputStream(target.resolve("assay.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      for (String source : List.of(PROGRAM, REHEARSAL)) {
        String name = source.contains("class Main") ? "Main" : "Rehearsal";
        Path java = Files.writeString(classes.resolve(name + ".java"), source);
        int code =
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), java.toString());
        if (code != 0) {
          throw new AssertionError("the small program does not compile");
        }
        String entry = "dev/assay/app/" + name + ".class";
        jar.putNextEntry(new ZipEntry(entry));
        jar.write(Files.readAllBytes(classes.resolve(entry)));
        jar.closeEntry();
      }
    }
  }
}
