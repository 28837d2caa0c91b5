package io.scorebook.engine.lineage;

import io.scorebook.documents.Suggestions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Files, tables and their columns, datasets and their fields, metrics, ports and their columns,
/// products and contracts, and which of them is made of which. Without cycles.
public final class LineageGraph {
  /// Nodes that one walk gives at most.
  static final int MOST_NODES = 5_000;

  private final SortedMap<String, Node> nodes = new TreeMap<>();
  private final Map<String, List<Edge>> out = new TreeMap<>();
  private final Map<String, List<Edge>> in = new TreeMap<>();

  LineageGraph(Collection<Node> nodes, Collection<Edge> edges) {
    nodes.forEach(node -> this.nodes.put(node.id(), node));
    for (Edge edge : edges) {
      if (this.nodes.containsKey(edge.from()) && this.nodes.containsKey(edge.to())) {
        out.computeIfAbsent(edge.from(), _ -> new ArrayList<>()).add(edge);
        in.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge);
      }
    }
  }

  /// What a node is.
  public enum Kind {
    FILE,
    TABLE,
    COLUMN,
    DATASET,
    FIELD,
    METRIC,
    /// A column of a port.
    OUTPUT,
    PORT,
    PRODUCT,
    CONTRACT;

    /// What the name of a node begins with.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param id `kind:name`
  /// @param details what else is told of it, in order
  public record Node(Kind kind, String name, Map<String, Object> details) {
    public String id() {
      return kind.word() + ":" + name;
    }
  }

  /// @param from of what is made
  /// @param to what is made
  /// @param use `value`, `filter`, `join`, `group`, `order` or `window`; `part` of what a whole
  ///   consists of, `rows` of what gives the rows, `load` of files
  /// @param how of a value: `identity`, `transformation` or `aggregation`
  public record Edge(String from, String to, String use, Optional<String> how) {}

  /// Which way to walk.
  public enum Direction {
    /// To what it is made of.
    UP,
    /// To what is made of it.
    DOWN
  }

  /// What a walk came by.
  ///
  /// @param nodes with their distance from the start, which is 0, nearest first
  /// @param isWhole whether nothing was left out for want of depth or room
  public record Walk(Map<Node, Integer> nodes, List<Edge> edges, boolean isWhole) {
    public Walk {
      edges = List.copyOf(edges);
    }
  }

  /// The node of an id, or of a name that only one node has.
  public Optional<Node> find(String name) {
    Node exact = nodes.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    List<Node> named =
        nodes.values().stream()
            .filter(node -> node.name().equals(name) || node.name().endsWith("." + name))
            .toList();
    return named.size() == 1 ? Optional.of(named.getFirst()) : Optional.empty();
  }

  /// Nodes that may have been meant, by their ids.
  public List<String> similar(String name) {
    return Stream.concat(
            nodes.values().stream()
                .filter(node -> node.name().equals(name) || node.name().endsWith("." + name))
                .map(Node::id),
            Suggestions.similar(name, nodes.keySet()).stream())
        .distinct()
        .toList();
  }

  public Collection<Node> nodes() {
    return nodes.values();
  }

  /// All that a node is made of, or that is made of it.
  ///
  /// @param depth edges to go at most
  public Walk walk(Node start, Direction direction, int depth) {
    Map<String, List<Edge>> edges = direction == Direction.DOWN ? out : in;
    var distances = new LinkedHashMap<Node, Integer>();
    var passed = new ArrayList<Edge>();
    var next = new ArrayDeque<Node>();
    boolean whole = true;
    distances.put(start, 0);
    next.add(start);
    while (!next.isEmpty()) {
      Node node = next.remove();
      int distance = distances.getOrDefault(node, 0);
      List<Edge> here = edges.getOrDefault(node.id(), List.of());
      if (distance == depth) {
        whole &= here.isEmpty();
        continue;
      }
      for (Edge edge : here) {
        Node other = nodes.get(direction == Direction.DOWN ? edge.to() : edge.from());
        if (other == null) {
          continue;
        }
        if (!distances.containsKey(other)) {
          if (distances.size() == MOST_NODES) {
            whole = false;
            continue;
          }
          distances.put(other, distance + 1);
          next.add(other);
        }
        passed.add(edge);
      }
    }
    passed.sort(Comparator.comparing(Edge::from).thenComparing(Edge::to).thenComparing(Edge::use));
    return new Walk(distances, passed, whole);
  }
}
