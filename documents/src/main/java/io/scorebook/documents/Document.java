package io.scorebook.documents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads YAML 1.2 (of which JSON is a part) into [Value]s that know their place.
///
/// A document is data only: no tags that construct objects, no more aliases than a person writes, a
/// bounded size; a document beyond that is refused, not read.
public final class Document {
  /// A larger file is no document that a person wrote.
  static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  private Document() {}

  /// Reads a file; a file that cannot be read is a finding like any other.
  public static Optional<Value> read(Path file, String name, Findings findings) {
    try {
      return parse(name, Files.readString(file, StandardCharsets.UTF_8), findings);
    } catch (IOException e) {
      findings.error(Location.of(name), "Cannot read the file: " + e);
      return Optional.empty();
    }
  }

  /// Parses a text; what is not YAML becomes a finding at its place.
  ///
  /// @param name how findings call the document, usually its path below the domain's folder
  public static Optional<Value> parse(String name, String text, Findings findings) {
    if (text.length() > MAX_CHARACTERS) {
      findings.error(Location.of(name), "Cannot read a document of more than 4 MiB");
      return Optional.empty();
    }
    var settings =
        LoadSettings.builder()
            .setLabel(name)
            .setAllowDuplicateKeys(true) // reported by `convert`, with the place of the second
            .setMaxAliasesForCollections(10)
            .setCodePointLimit(MAX_CHARACTERS)
            .build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        findings.error(Location.of(name), "Cannot use an empty document");
      }
      return root.map(node -> convert(name, node, findings, 0));
    } catch (MarkedYamlEngineException e) {
      Location place =
          e.getProblemMark()
              .map(mark -> new Location(name, mark.getLine() + 1, mark.getColumn() + 1))
              .orElse(Location.of(name));
      findings.error(place, "Cannot parse the document: " + e.getProblem());
      return Optional.empty();
    } catch (YamlEngineException e) {
      findings.error(Location.of(name), "Cannot parse the document: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static final int MAX_DEPTH = 50;

  private static Value convert(String name, Node node, Findings findings, int depth) {
    Location place =
        node.getStartMark()
            .map(mark -> new Location(name, mark.getLine() + 1, mark.getColumn() + 1))
            .orElse(Location.of(name));
    if (depth > MAX_DEPTH) {
      findings.error(place, "Cannot read a document nested more than %d deep".formatted(MAX_DEPTH));
      return new Value.Scalar(place, "", Value.Kind.NULL);
    }
    return switch (node) {
      case MappingNode mapping -> convertMapping(name, place, mapping, findings, depth);
      case SequenceNode sequence -> {
        var items = new ArrayList<Value>();
        for (Node item : sequence.getValue()) {
          items.add(convert(name, item, findings, depth + 1));
        }
        yield new Value.Sequence(place, List.copyOf(items));
      }
      case ScalarNode scalar -> new Value.Scalar(place, scalar.getValue(), kind(scalar.getTag()));
      default -> {
        findings.error(place, "Cannot use a YAML node of type " + node.getNodeType());
        yield new Value.Scalar(place, "", Value.Kind.NULL);
      }
    };
  }

  private static Value convertMapping(
      String name, Location place, MappingNode mapping, Findings findings, int depth) {
    var entries = new LinkedHashMap<String, Value>();
    var keys = new LinkedHashMap<String, Location>();
    for (NodeTuple tuple : mapping.getValue()) {
      Value key = convert(name, tuple.getKeyNode(), findings, depth + 1);
      if (!(key instanceof Value.Scalar scalar)) {
        findings.error(key.location(), "Cannot use a list or mapping as a key");
        continue;
      }
      if (entries.containsKey(scalar.text())) {
        findings.error(
            key.location(),
            "Cannot have the key '%s' twice; the first is on line %d"
                .formatted(scalar.text(), locationOf(keys, scalar.text()).line()));
        continue;
      }
      keys.put(scalar.text(), key.location());
      entries.put(scalar.text(), convert(name, tuple.getValueNode(), findings, depth + 1));
    }
    return new Value.Mapping(place, entries, keys);
  }

  private static Location locationOf(Map<String, Location> keys, String key) {
    Location location = keys.get(key);
    if (location == null) {
      throw new IllegalArgumentException("Invalid key: " + key);
    }
    return location;
  }

  private static Value.Kind kind(Tag tag) {
    if (tag.equals(Tag.NULL)) {
      return Value.Kind.NULL;
    } else if (tag.equals(Tag.BOOL)) {
      return Value.Kind.BOOLEAN;
    } else if (tag.equals(Tag.INT)) {
      return Value.Kind.INTEGER;
    } else if (tag.equals(Tag.FLOAT)) {
      return Value.Kind.DECIMAL;
    }
    return Value.Kind.TEXT;
  }
}
