package hallows.verify.differential;

import java.util.List;
import java.util.function.Consumer;

/// What is asked of both brokers, step by step.
///
/// @param name what the scripts of an API are called
/// @param lines asks all of it of one broker
record Script(String name, Consumer<Player> lines) {
    /// All that a broker must answer as Kafka does. They go over one pair of brokers in this order.
    static final List<Script> ALL =
            List.of(
                    new Script("handshake", HandshakeScript::play),
                    new Script("frames", FramesScript::play),
                    new Script("creating topics", CreateTopicsScript::play),
                    new Script("metadata", MetadataScript::play),
                    new Script("cluster", ClusterScript::play),
                    new Script("topic partitions", DescribeTopicPartitionsScript::play),
                    new Script("producing", ProduceScript::play),
                    new Script("refused records", RefusedRecordsScript::play),
                    new Script("sequences", SequencesScript::play),
                    new Script("fetching", FetchScript::play),
                    new Script("fetch limits", FetchLimitsScript::play),
                    new Script("fetch sessions", FetchSessionsScript::play),
                    new Script("waiting fetches", WaitingFetchScript::play),
                    new Script("offsets", ListOffsetsScript::play),
                    new Script("epochs", EpochsScript::play),
                    new Script("deleting topics", DeleteTopicsScript::play),
                    new Script("internal topics", InternalTopicsScript::play));

    /// What the issue of transactions will have to answer; Kafka alone is asked until then.
    static final List<Script> LATER = List.of(new Script("transactions", TransactionsScript::play));

    @Override
    public String toString() {
        return name;
    }
}
