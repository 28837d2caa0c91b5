package io.scorebook.engine.datasheet;

import io.scorebook.catalog.registry.Contacts;
import io.scorebook.catalog.registry.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the documents of Bitol, contract and product, have in common.
final class Terms {
  private Terms() {}

  static Map<String, Object> property(String name, Object value) {
    var property = new LinkedHashMap<String, Object>();
    property.put("property", name);
    property.put("value", value);
    return property;
  }

  /// When the version ends and what to ask in its place, as an author writes it: the standards have
  /// no word for a successor.
  static List<Map<String, Object>> ending(Product product) {
    var ending = new ArrayList<Map<String, Object>>();
    var lifecycle = product.lifecycle();
    lifecycle.sunsetDay().ifPresent(day -> ending.add(property("sunset", day.toString())));
    lifecycle.successor().ifPresent(next -> ending.add(property("successor", next)));
    return ending;
  }

  static List<Map<String, Object>> model(Datasheet sheet) {
    return List.of(
        property("semanticModel", sheet.model().name()),
        property("semanticModelVersion", sheet.model().version()),
        property("semanticModelHash", sheet.model().hash()));
  }

  static Map<String, Object> definition(String type, String url, String description) {
    var definition = new LinkedHashMap<String, Object>();
    definition.put("type", type);
    definition.put("url", url);
    definition.put("description", description);
    return definition;
  }

  static Map<String, Object> description(Product product) {
    var words = new LinkedHashMap<String, Object>();
    words.put("purpose", product.purpose());
    product.usage().ifPresent(usage -> words.put("usage", usage));
    product.limitations().ifPresent(limits -> words.put("limitations", limits));
    return words;
  }

  static Map<String, Object> team(Product product) {
    Contacts contacts = product.contacts();
    var team = new LinkedHashMap<String, Object>();
    team.put("name", contacts.team().orElse(product.owner()));
    contacts.description().ifPresent(words -> team.put("description", words));
    var members = new ArrayList<Map<String, Object>>();
    for (Contacts.Member member : contacts.members()) {
      var plain = new LinkedHashMap<String, Object>();
      plain.put("username", member.username());
      member.name().ifPresent(name -> plain.put("name", name));
      member.role().ifPresent(role -> plain.put("role", role));
      member.description().ifPresent(words -> plain.put("description", words));
      members.add(plain);
    }
    if (!members.isEmpty()) {
      team.put("members", members);
    }
    return team;
  }

  static List<Map<String, Object>> support(Product product) {
    var support = new ArrayList<Map<String, Object>>();
    for (Contacts.Channel channel : product.contacts().support()) {
      var plain = new LinkedHashMap<String, Object>();
      plain.put("channel", channel.channel());
      plain.put("url", channel.url());
      channel.description().ifPresent(words -> plain.put("description", words));
      channel.tool().ifPresent(tool -> plain.put("tool", tool));
      channel.scope().ifPresent(scope -> plain.put("scope", scope));
      support.add(plain);
    }
    return support;
  }

  static List<Map<String, Object>> synonyms(List<String> synonyms) {
    return synonyms.stream().map(word -> Map.<String, Object>of("synonym", word)).toList();
  }
}
