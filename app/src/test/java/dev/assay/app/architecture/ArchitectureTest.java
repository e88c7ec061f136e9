package dev.assay.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.assay.core.time.Clock;
import dev.assay.core.time.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the directions between the modules, and what may be called where. */
class ArchitectureTest {
  private static final String ROOT = "dev.assay.";

  /** Which modules a module may use, beside itself; the same as in docs/architecture.md. */
  private static final Map<String, Set<String>> DIRECTIONS =
      Map.of(
          "core", Set.of(),
          "wire", Set.of("core"),
          "providers", Set.of("core", "wire"),
          "ledger", Set.of("core", "wire"),
          "gateway", Set.of("core", "wire"),
          "web", Set.of("core", "wire"),
          "cli", Set.of("core"),
          "app", Set.of("core", "wire", "providers", "ledger", "gateway", "web", "cli"));

  /** Fewer classes than that mean that something was not scanned. */
  private static final Map<String, Integer> LEAST =
      Map.of(
          "core",
          60,
          "wire",
          40,
          "providers",
          30,
          "ledger",
          40,
          "gateway",
          25,
          "web",
          30,
          "cli",
          25,
          "app",
          25);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(DIRECTIONS.keySet().stream().map(ROOT::concat).toList());

  static Stream<String> modules() {
    return DIRECTIONS.keySet().stream().sorted();
  }

  private static String in(String module) {
    return ROOT + module + "..";
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyModuleIsScanned(String module) {
    long count =
        CLASSES.stream().filter(one -> one.getPackageName().startsWith(ROOT + module)).count();

    assertThat(count).as(module).isGreaterThanOrEqualTo(LEAST.get(module));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void modulesDependOnlyInTheStatedDirections(String module) {
    String[] others =
        modules()
            .filter(other -> !other.equals(module) && !DIRECTIONS.get(module).contains(other))
            .map(ArchitectureTest::in)
            .toArray(String[]::new);
    if (others.length > 0) {
      noClasses()
          .that()
          .resideInAPackage(in(module))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(CLASSES);
    }
  }

  @Nested
  class Libraries {
    private void onlyIn(String owner, String... packages) {
      noClasses()
          .that()
          .resideOutsideOfPackage(in(owner))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages)
          .check(CLASSES);
    }

    @Test
    void coreKnowsOnlyTheJdkAndJSpecify() {
      classes()
          .that()
          .resideInAPackage(in("core"))
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", ROOT + "core.."))
          .check(CLASSES);
    }

    @Test
    void onlyTheLedgerTalksToDatabases() {
      onlyIn("ledger", "java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..");
    }

    @Test
    void onlyWireIsAnHttpClient() {
      onlyIn("wire", "java.net.http..", "org.apache.hc..");
    }

    @Test
    void onlyWebIsAnHttpServer() {
      onlyIn("web", "io.helidon..");
    }

    @Test
    void onlyTheCliParsesACommandLine() {
      onlyIn("cli", "picocli..");
    }

    @Test
    void onlyTheModelInProcessRunsNativeCodeOfItsOwn() {
      onlyIn("providers.local", "ai.onnxruntime..");
    }

    @Test
    void onlyAppReadsYamlAndSetsUpTheLog() {
      onlyIn("app", "org.snakeyaml..", "ch.qos.logback..");
    }
  }

  @Nested
  class ForbiddenCalls {
    @Test
    void nobodyWritesToStandardOutputBesideTheCommandLine() {
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .check(CLASSES);
    }

    @Test
    void onlyTheClockReadsTheTime() {
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "core.time..")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .check(CLASSES);
    }

    @Test
    void waitingGoesThroughTheTasks() {
      noClasses()
          .that(not(waitsForItsOwnThreads()))
          .and()
          .resideOutsideOfPackage(ROOT + "core.time..")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class)
          .orShould()
          .callMethod(Future.class, "get")
          .orShould()
          .callMethodWhere(target(owner(assignableTo(Executor.class))))
          .orShould()
          .dependOnClassesThat(belongToAnyOf(Executors.class, CompletableFuture.class))
          .check(CLASSES);
    }

    /**
     * Readers of the ledger run on platform threads, because SQLite holds the carrier of a virtual
     * one; so does the model in process, because native code holds it too. The watchdog of the HTTP
     * client looks at real sockets, whatever time a test has.
     */
    private DescribedPredicate<JavaClass> waitsForItsOwnThreads() {
      return resideInAPackage(ROOT + "ledger.read..")
          .or(resideInAPackage(ROOT + "ledger.write.."))
          .or(resideInAPackage(ROOT + "wire.http.."))
          .or(resideInAPackage(ROOT + "providers.local.."));
    }

    @Test
    void onlyAppTakesTheRealTimeAndRealThreads() {
      noClasses()
          .that()
          .resideOutsideOfPackages(in("app"), ROOT + "core.time..")
          .should()
          .callMethod(Clock.class, "system")
          .orShould()
          .callMethod(Tasks.class, "virtualThreads")
          .check(CLASSES);
    }

    @Test
    void onlyAppReadsTheEnvironmentAndEndsTheProcess() {
      noClasses()
          .that()
          .resideOutsideOfPackage(in("app"))
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .check(CLASSES);
    }
  }
}
