package hallows.verify.system;

import java.nio.file.Path;
import java.util.Map;

/// A program that is a broker: one process over one data directory, controller included.
public sealed interface Broker permits ApacheKafka, Hallows {
    /// Starts it on free ports of this machine and waits until it serves.
    ///
    /// @param data its data directory, which it formats if it is fresh
    /// @param settings keys of Kafka's `server.properties`
    BrokerProcess start(Path data, Map<String, String> settings);

    /// How many frames of 100 MB may be promised to it at once.
    int promisesMax();
}
