package io.scorebook.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which way the arrows go:
///
/// ```
/// gateway ──▶ engine ──▶ semantic-model ──▶ documents
///    │           └─────▶ catalog ─────────────▶ │
///    └──────▶ (all of them, and the sample's domains)
/// ```
class ModulesTest {
  private static final String ROOT = "io.scorebook.";
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.scorebook");
  }

  /// Without this the rules below would hold of nothing.
  @ParameterizedTest
  @ValueSource(strings = {"documents", "semantic", "catalog", "engine", "domains", "gateway"})
  void everyModuleIsLookedAt(String module) {
    assertThat(classes.that(resideInAnyPackage(ROOT + module + ".."))).isNotEmpty();
  }

  @ParameterizedTest(name = "{0} does not know {1}")
  @CsvSource({
    "documents, semantic",
    "documents, catalog",
    "documents, engine",
    "documents, domains",
    "documents, gateway",
    "semantic, catalog",
    "semantic, engine",
    "semantic, domains",
    "semantic, gateway",
    "catalog, semantic",
    "catalog, engine",
    "catalog, domains",
    "catalog, gateway",
    "engine, domains",
    "engine, gateway",
    "domains, documents",
    "domains, semantic",
    "domains, catalog",
    "domains, engine",
    "domains, gateway",
  })
  void theArrowsOfTheModulesHold(String module, String other) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + other + "..")
        .check(classes);
  }

  @ParameterizedTest(name = "{0} does not use {1}")
  @CsvSource({
    "documents, org.apache.calcite..",
    "catalog, org.apache.calcite..",
    "domains, org.apache.calcite..",
    "semantic, org.apache.iceberg..",
    "documents, org.apache.iceberg..",
    "gateway, org.apache.iceberg..",
    "semantic, software.amazon.awssdk..",
    "engine, software.amazon.awssdk..",
    "gateway, software.amazon.awssdk..",
    "documents, org.duckdb..",
    "semantic, org.duckdb..",
    "gateway, org.duckdb..",
    "documents, io.micronaut..",
    "semantic, io.micronaut..",
    "catalog, io.micronaut..",
    "engine, io.micronaut..",
    "domains, io.micronaut..",
    "semantic, java.sql..",
    "semantic, java.net..",
  })
  void librariesStayInTheirModules(String module, String library) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(classes);
  }

  /// One engine a package, which the others do not lean on.
  @Test
  void theEnginesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "engine.reference..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "engine.duckdb..", ROOT + "engine.files..", "org.duckdb..")
        .because("the reference is what DuckDB and the file cache are checked against")
        .allowEmptyShould(true)
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "engine.duckdb..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "engine.reference..")
        .check(classes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"semantic", "catalog", "engine", "domains", "gateway"})
  void packagesOfAModuleHaveNoCycles(String module) {
    slices().matching(ROOT + module + ".(*)..").should().beFreeOfCycles().check(classes);
  }
}
