package io.scorebook.catalog.registry;

import io.scorebook.documents.Document;
import io.scorebook.documents.Findings;
import io.scorebook.documents.Location;
import io.scorebook.documents.Suggestions;
import io.scorebook.documents.Value;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a product: a document of the Open Data Product Standard (Bitol ODPS) 1.1 or 1.0.
///
/// Beyond what the standard requires, a product here has a name, a semantic version, a status, an
/// owner, a purpose and at least one output port. All mistakes become findings at their place.
public final class ProductReader {
  private static final List<String> API_VERSIONS = List.of("v1.1.0", "v1.0.0");

  private static final Set<String> KEYS =
      Set.of(
          "apiVersion",
          "kind",
          "id",
          "name",
          "deprecated",
          "synonyms",
          "version",
          "status",
          "domain",
          "type",
          "context",
          "tenant",
          "authoritativeDefinitions",
          "description",
          "customProperties",
          "tags",
          "inputPorts",
          "outputPorts",
          "managementPorts",
          "support",
          "team",
          "productCreatedTs");

  private static final Set<String> DESCRIPTION_KEYS =
      Set.of("purpose", "limitations", "usage", "authoritativeDefinitions", "customProperties");

  private static final Set<String> SYNONYM_KEYS =
      Set.of("id", "synonym", "description", "locale", "source", "status", "customProperties");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private final Findings findings;

  private ProductReader(Findings findings) {
    this.findings = findings;
  }

  /// Reads a file.
  ///
  /// @param name how findings call the file, usually its path below the domain's folder
  /// @return the product; empty where the file has an error
  public static Optional<Product> read(Path file, String name, Findings findings) {
    return read(Document.read(file, name, findings), findings);
  }

  /// Reads a text; see [#read(Path, String, Findings)].
  public static Optional<Product> parse(String name, String text, Findings findings) {
    return read(Document.parse(name, text, findings), findings);
  }

  private static Optional<Product> read(Optional<Value> root, Findings findings) {
    var own = new Findings();
    Optional<Product> product =
        root.flatMap(value -> value.asMapping("document", own))
            .flatMap(document -> new ProductReader(own).read(document));
    own.toList().forEach(findings::add);
    return own.hasErrors() ? Optional.empty() : product;
  }

  private Optional<Product> read(Value.Mapping document) {
    document.allowOnly(KEYS, findings);
    oneOf(document, "apiVersion", API_VERSIONS);
    oneOf(document, "kind", List.of("DataProduct"));
    String id = document.text("id", findings);
    Optional<String> name = name(document, "product", findings);
    Optional<Version> version = version(document, findings);
    if (document.find("version").isEmpty()) {
      findings.error(document.location(), "Cannot find the required 'version'");
    }
    Optional<Product.Status> status = status(document);
    Optional<String> domain = document.findText("domain", findings);
    Optional<Value.Mapping> description = document.findMapping("description", findings);
    description.ifPresent(words -> words.allowOnly(DESCRIPTION_KEYS, findings));
    String purpose = purpose(document, description);
    Optional<String> usage = description.flatMap(words -> words.findText("usage", findings));
    Optional<String> limits = description.flatMap(words -> words.findText("limitations", findings));
    var people = new ContactsReader(findings);
    Contacts contacts = people.read(document);
    String owner = people.owner(document, contacts);
    List<String> tags = document.texts("tags", findings);
    List<Port> ports =
        ports(
            document,
            version.orElse(new Version(0, 0, 0)),
            domain.map(prefix -> prefix + ".").orElse("") + name.orElse(""));
    if (name.isEmpty() || version.isEmpty() || status.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Product(
            id,
            name.get(),
            version.get(),
            status.get(),
            domain,
            owner,
            purpose,
            usage,
            limits,
            tags,
            ports,
            contacts,
            synonyms(document, findings),
            document.findText("type", findings),
            new LifecycleReader(findings).read(document, name.get(), status.get()),
            document.locationOf("name")));
  }

  /// Other names, as the standard writes them: a list of mappings.
  static List<String> synonyms(Value.Mapping mapping, Findings findings) {
    return mapping.mappings("synonyms", findings).stream()
        .map(synonym -> {
          synonym.allowOnly(SYNONYM_KEYS, findings);
          return synonym.text("synonym", findings);
        })
        .toList();
  }

  private String purpose(Value.Mapping document, Optional<Value.Mapping> description) {
    String purpose =
        description.flatMap(words -> words.findText("purpose", findings)).orElse("").strip();
    if (purpose.isEmpty()) {
      findings.error(
          document.locationOf("description"),
          "Cannot find the product's purpose",
          "say in description.purpose what the product is for");
    }
    return purpose;
  }

  private Optional<Product.Status> status(Value.Mapping document) {
    List<String> words = Arrays.stream(Product.Status.values()).map(Product.Status::word).toList();
    oneOf(document, "status", words);
    Optional<Product.Status> status =
        Arrays.stream(Product.Status.values())
            .filter(
                known -> document.findText("status", findings).equals(Optional.of(known.word())))
            .findFirst();
    boolean deprecated = document.findBoolean("deprecated", findings).orElse(false);
    if (deprecated
        && status
            .filter(s -> s != Product.Status.DEPRECATED && s != Product.Status.RETIRED)
            .isPresent()) {
      findings.error(
          document.locationOf("deprecated"),
          "Cannot be deprecated with the status '%s'".formatted(status.get().word()),
          "write status: deprecated");
    }
    return status;
  }

  private List<Port> ports(Value.Mapping document, Version version, String contractPrefix) {
    if (document.items("outputPorts", findings).isEmpty()) {
      findings.error(
          document.locationOf("outputPorts"), "Cannot use a product without output ports");
    }
    var reader = new PortReader(findings);
    List<Port> ports =
        document.mappings("outputPorts", findings).stream()
            .flatMap(port -> reader.read(port, version, contractPrefix).stream())
            .toList();
    Map<String, Location> names = new HashMap<>();
    for (Port port : ports) {
      Location first = names.putIfAbsent(port.name(), port.location());
      if (first != null) {
        findings.error(
            port.location(),
            "Cannot have two output ports '%s'; the first is on line %d"
                .formatted(port.name(), first.line()));
      }
    }
    return ports;
  }

  private void oneOf(Value.Mapping document, String key, List<String> words) {
    String word = document.text(key, findings);
    if (!word.isEmpty() && !words.contains(word)) {
      findings.error(
          document.locationOf(key),
          "Cannot use '%s' as '%s'".formatted(word, key),
          Suggestions.clause(word, words));
    }
  }

  /// The name of a product or port: it becomes the name of an SQL schema or table.
  static Optional<String> name(Value.Mapping mapping, String what, Findings findings) {
    String name = mapping.text("name", findings);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    if (!NAME.matcher(name).matches()) {
      findings.error(
          mapping.locationOf("name"),
          "Invalid name of %s: '%s'"
              .formatted(what.startsWith("o") ? "an " + what : "a " + what, name),
          "use a-z, 0-9 and _, at most 64, beginning with a letter");
      return Optional.empty();
    }
    return Optional.of(name);
  }

  static Optional<Version> version(Value.Mapping mapping, Findings findings) {
    return mapping
        .findText("version", findings)
        .flatMap(text -> {
          Optional<Version> version = Version.find(text);
          if (version.isEmpty()) {
            findings.error(
                mapping.locationOf("version"),
                "Invalid version '%s'".formatted(text),
                "write three numbers: 1.0.0");
          }
          return version;
        });
  }
}
