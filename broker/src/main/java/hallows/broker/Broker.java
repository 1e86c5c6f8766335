package hallows.broker;

import hallows.cluster.ClusterImage;
import hallows.runtime.Result;
import hallows.runtime.Task;
import java.util.function.Consumer;

/// The broker as the front ends on one shard see it. Lives on that shard.
public interface Broker {
    /// The number of this broker.
    int nodeId();

    /// The latest picture of the cluster that has come to this shard.
    ClusterImage image();

    /// Takes a request in; false when the way to an owner is full: nothing was taken then, and
    /// `asker` is woken when there is room. The front end is told in any case, perhaps before this
    /// returns; requests for one partition have their turn in the order in which they came.
    boolean submit(Request request, Task asker);

    /// Nobody waits for more any longer: the fetch is answered soon, with what there is.
    void hurry(Fetch fetch);

    /// A number for a producer that nobody has; a failure when the controller gives none now.
    void newProducerId(Consumer<Result<Long>> then);
}
