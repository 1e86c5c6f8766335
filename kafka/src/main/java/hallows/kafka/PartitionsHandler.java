package hallows.kafka;

import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;

/// Describes the partitions of topics, page by page.
final class PartitionsHandler implements Handler {
    private final Station station;

    PartitionsHandler(Station station) {
        this.station = station;
    }

    @Override
    public boolean serve(Incoming request) {
        int most = station.options().limits().partitionsMax();
        PartitionsAnswer answer = new PartitionsAnswer(station.view(), most);
        request.reply(answer.to(request.read(new DescribeTopicPartitionsRequestData())));
        return true;
    }
}
