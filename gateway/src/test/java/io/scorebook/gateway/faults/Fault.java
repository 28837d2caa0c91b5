package io.scorebook.gateway.faults;

/// What can happen to a call.
enum Fault {
  /// The answer comes late, its body in pieces.
  SLOW("slow"),
  /// The connection ends in the middle of the body, or of the request's.
  CUT("cut"),
  /// The store does what it is asked, and the answer is lost.
  LOST_ANSWER("answer lost"),
  /// A byte of the body is another, or of the request's.
  CORRUPT("corrupt"),
  STATUS_500("500"),
  STATUS_503("503"),
  STATUS_403("403"),
  STATUS_404("404");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /// The status with which the proxy answers by itself; 0 where it asks the store.
  int status() {
    return name().startsWith("STATUS_") ? Integer.parseInt(words) : 0;
  }
}
