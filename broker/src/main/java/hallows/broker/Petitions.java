package hallows.broker;

import hallows.cluster.DirectoryId;
import hallows.cluster.PartitionImage;
import hallows.model.PartitionId;
import hallows.model.TopicId;
import hallows.runtime.Result;
import java.util.function.Consumer;

/// What the broker asks the controller for on its own account. Never blocks; the answers come on
/// any thread.
public interface Petitions {
    /// Numbers of producers that nobody has.
    ///
    /// @param first the first of them
    /// @param count how many there are
    record ProducerIds(long first, int count) {}

    /// Asks for numbers of producers.
    void producerIds(Consumer<Result<ProducerIds>> then);

    /// Says that a partition which this broker leads has recovered from an election outside its
    /// replicas in sync.
    void recovered(PartitionId partition, PartitionImage image, Consumer<Result<Result.Done>> then);

    /// Says in which directory this broker keeps a partition.
    void keptIn(DirectoryId directory, TopicId topic, int partition);
}
