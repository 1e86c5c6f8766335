package hallows.kafka;

/// A partition as a fetching client names it.
///
/// @param topic its topic
/// @param partition its number there
record FetchKey(TopicRef topic, int partition) {}
