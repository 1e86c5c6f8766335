package hallows.broker;

import hallows.log.Isolation;
import hallows.log.Lookup;

/// What a fetch asks of one partition.
///
/// @param place from where
/// @param bytesMax how many bytes at most
/// @param oneAtLeast whether the first batch comes even when it is larger than that
/// @param isolation what of the transactions is seen
record FetchQuestion(
        Fetch.Position.Place place, int bytesMax, boolean oneAtLeast, Isolation isolation) {
    /// The same for the log, of what is below an offset.
    Lookup.Question below(long bound) {
        return new Lookup.Question(
                place.offset(), Math.min(bytesMax, place.bytesMax()), bound, oneAtLeast, isolation);
    }
}
