package io.scorebook.engine.draft.document;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Lines of YAML or JSON, one after the other.
final class Lines {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*([ .-]+[A-Za-z0-9_]+)*");
  private static final Set<String> NOT_TEXT =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");
  private static final int WIDTH = 110;

  private final StringBuilder text = new StringBuilder();

  Lines add(String line) {
    text.append(line).append('\n');
    return this;
  }

  Lines add(int indent, String line) {
    return add(" ".repeat(indent) + line);
  }

  /// A comment, broken into lines of a readable width.
  Lines comment(int indent, String words) {
    var line = new StringBuilder();
    for (String word : words.replaceAll("\\p{Cntrl}", " ").split(" +")) {
      if (line.length() > 0 && indent + line.length() + word.length() > WIDTH) {
        add(indent, "# " + line);
        line.setLength(0);
        line.append("  ").append(word);
      } else {
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
    }
    return add(indent, "# " + line);
  }

  /// A text in YAML: as it is where that is a text, in quotes otherwise.
  static String yaml(String value) {
    return PLAIN.matcher(value).matches()
            && !NOT_TEXT.contains(value.toLowerCase(java.util.Locale.ROOT))
        ? value
        : json(value);
  }

  /// A text in JSON, which YAML reads too.
  static String json(String value) {
    var quoted = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            default -> {
              // YAML takes no control characters, nor some that end a line
              if (c < ' '
                  || (c >= 0x7f && c <= 0xa0)
                  || c == 0x2028
                  || c == 0x2029
                  || c == 0xfeff) {
                quoted.append("\\u%04x".formatted(c));
              } else {
                quoted.appendCodePoint(c);
              }
            }
          }
        });
    return quoted.append('"').toString();
  }

  static String list(List<String> names) {
    return names.stream().map(Lines::yaml).collect(Collectors.joining(", ", "[", "]"));
  }

  static String jsonList(List<String> names) {
    return names.stream().map(Lines::json).collect(Collectors.joining(", ", "[", "]"));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
