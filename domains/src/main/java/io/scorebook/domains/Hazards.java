package io.scorebook.domains;

/// What was planted in the files of a [SampleLeague], and how much of it; so that what a load
/// reports can be compared with what is there.
///
/// @param gameRows rows of `games.csv`, all of them
/// @param gamesPlayed distinct games with both scores
/// @param gamesRepeated further rows of a game with the same content
/// @param gamesConflicting further rows of a game with another score; the first row is the true one
/// @param gamesNotPlayed games without scores (postponed; played later under another id)
/// @param doubleHeaders games of a team on a day on which it had played already
/// @param detailRows rows of `games_details.csv`, all of them
/// @param appearances distinct rows of players whose points are known
/// @param detailsRepeated further rows of a player and game with the same content
/// @param detailsConflicting further rows of a player and game with other points; the first is true
/// @param didNotPlay rows of players who did not play: minutes and points are empty
/// @param pointsUnknown rows of players who played (minutes are there) but whose points were lost
/// @param players distinct players, of `players.csv` and of the details together
/// @param playerRows rows of `players.csv`: one a player, season and team
/// @param playersNotListed players who are in the details but not in `players.csv`
/// @param namesShared players who bear the name of an earlier player
/// @param midSeasonMoves players and seasons with more than one team
public record Hazards(
    int gameRows,
    int gamesPlayed,
    int gamesRepeated,
    int gamesConflicting,
    int gamesNotPlayed,
    int doubleHeaders,
    int detailRows,
    int appearances,
    int detailsRepeated,
    int detailsConflicting,
    int didNotPlay,
    int pointsUnknown,
    int players,
    int playerRows,
    int playersNotListed,
    int namesShared,
    int midSeasonMoves) {}
