package dev.assay.providers.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;

/**
 * Unpacks ONNX Runtime's native libraries into a folder of ours. Left alone it would unpack them
 * into the temporary folder at every start, where others can write and programs may not run.
 */
final class NativeLibraries {
  /** Where ONNX Runtime looks for its libraries; the name is its own. */
  private static final String PATH = "onnxruntime.native.path";

  private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

  private NativeLibraries() {}

  /**
   * Unpacks them unless that is done, and says where they are.
   *
   * @throws IOException when there are none for this system, or they cannot be written
   */
  static void unpack(Path folder) throws IOException {
    String platform = platform();
    ClassLoader loader = NativeLibraries.class.getClassLoader();
    Path target = folder.resolve("onnxruntime-" + version(loader)).resolve(platform);
    createPrivate(target);
    for (String name : NAMES) {
      String file = System.mapLibraryName(name);
      String resource = "ai/onnxruntime/native/" + platform + "/" + file;
      try (InputStream packed = loader.getResourceAsStream(resource)) {
        if (packed == null) {
          throw new IOException("there are no native libraries for " + platform);
        }
        unpack(packed, target.resolve(file));
      }
    }
    System.setProperty(PATH, target.toAbsolutePath().toString());
  }

  private static void unpack(InputStream packed, Path target) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    Path whole = Files.createTempFile(target.getParent(), "unpacking", null);
    try {
      Files.copy(packed, whole, StandardCopyOption.REPLACE_EXISTING);
      // A program that stops here leaves nothing half done under the final name.
      Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static void createPrivate(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  /** The commit that the libraries were built from. */
  private static String version(ClassLoader loader) throws IOException {
    try (InputStream commit = loader.getResourceAsStream("GIT_COMMIT_ID")) {
      return commit == null
          ? "unknown"
          : new String(commit.readAllBytes(), StandardCharsets.US_ASCII)
              .strip()
              .toLowerCase(Locale.ROOT);
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String os = system.startsWith("windows") ? "win" : system.startsWith("mac") ? "osx" : "linux";
    String arch =
        switch (processor) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64", "arm64" -> "aarch64";
          default -> processor;
        };
    return os + "-" + arch;
  }
}
