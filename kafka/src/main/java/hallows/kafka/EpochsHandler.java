package hallows.kafka;

import hallows.broker.EpochSearch;
import hallows.log.EpochEnd;
import hallows.model.PartitionId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import org.apache.kafka.common.protocol.Errors;

/// Finds where the epochs of leaders ended.
final class EpochsHandler implements Handler {
    private final Station station;

    EpochsHandler(Station station) {
        this.station = station;
    }

    @Override
    public boolean serve(Incoming request) {
        OffsetForLeaderEpochRequestData asked = request.read(new OffsetForLeaderEpochRequestData());
        OffsetForLeaderEpochResponseData answer = new OffsetForLeaderEpochResponseData();
        List<EpochSearch.Epoch> epochs = new ArrayList<>();
        List<EpochEndOffset> rows = new ArrayList<>();
        for (OffsetForLeaderTopic topic : asked.topics()) {
            OffsetForLeaderTopicResult result =
                    new OffsetForLeaderTopicResult().setTopic(topic.topic());
            answer.topics().add(result);
            TopicRef ref = new TopicRef(topic.topic(), TopicRef.NO_ID);
            for (OffsetForLeaderPartition partition : topic.partitions()) {
                EpochEndOffset row = new EpochEndOffset().setPartition(partition.partition());
                result.partitions().add(row);
                PartitionId id =
                        new PartitionRef(ref, partition.partition()).in(station.broker().image());
                if (id == null) {
                    row.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
                } else {
                    epochs.add(epoch(id, partition));
                    rows.add(row);
                }
            }
        }
        ask(request, epochs, rows, answer);
        return true;
    }

    private static EpochSearch.Epoch epoch(PartitionId id, OffsetForLeaderPartition partition) {
        return new EpochSearch.Epoch(id, partition.leaderEpoch(), partition.currentLeaderEpoch());
    }

    private static void ask(
            Incoming request,
            List<EpochSearch.Epoch> epochs,
            List<EpochEndOffset> rows,
            OffsetForLeaderEpochResponseData answer) {
        if (epochs.isEmpty()) {
            request.reply(answer);
            return;
        }
        EpochSearch search =
                new EpochSearch(
                        epochs,
                        _ -> {
                            for (int i = 0; i < rows.size(); i++) {
                                fill(rows.get(i), epochs.get(i).answer());
                            }
                            request.reply(answer);
                        });
        request.submit(search, () -> {});
    }

    private static void fill(EpochEndOffset row, EpochSearch.Answer answer) {
        switch (answer) {
            case EpochSearch.Answer.Found(EpochEnd end) ->
                    row.setLeaderEpoch(end.epoch()).setEndOffset(end.endOffset());
            case EpochSearch.Answer.Refused(var why) -> row.setErrorCode(why.error().code());
        }
    }
}
