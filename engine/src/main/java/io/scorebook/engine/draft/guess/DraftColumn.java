package io.scorebook.engine.draft.guess;

import io.scorebook.catalog.table.ColumnType;
import io.scorebook.catalog.table.ColumnType.Simple;
import io.scorebook.engine.draft.profile.ColumnProfile;
import java.util.Locale;
import java.util.Optional;

/// A column as the draft has it.
///
/// @param name in SQL
/// @param pii what of a person it may tell, with what speaks for it
public record DraftColumn(ColumnProfile profile, String name, TypeGuess type, Optional<Pii> pii) {
  /// Of fewer rows nothing is concluded about those to come.
  static final int ENOUGH_ROWS = 100;

  /// A guess of what a column tells of a person.
  public record Pii(String what, String why) {}

  public int position() {
    return profile.position();
  }

  /// Whether each row has a value.
  public boolean isFull() {
    return profile.everywhere() && type.misfits() == 0 && profile.filled() == profile.rows();
  }

  /// Whether the contract requires a value, the key apart.
  public boolean isRequired() {
    return isFull() && profile.rows() >= ENOUGH_ROWS;
  }

  /// Whether the values can identify rows; what is measured does not, however different it is.
  boolean canBeKey() {
    if (!isFull() || type.type() == Simple.DOUBLE || type.type() == Simple.BOOLEAN) {
      return false;
    }
    return !(type.type() instanceof ColumnType.Decimal(_, int scale)) || scale == 0;
  }

  /// Whether the values can identify rows together with others: of an amount, the name would have
  /// to say so.
  boolean canBePartOfKey() {
    return canBeKey()
        && switch (RoleGuess.of(this).role()) {
          case SUM, AVERAGE -> false;
          case IDENTIFIER, TIME, DIMENSION, LEFT_OUT -> true;
        };
  }

  /// Whether files call it otherwise.
  public boolean needsAlias() {
    return !profile.name().strip().toLowerCase(Locale.ROOT).equals(name);
  }
}
