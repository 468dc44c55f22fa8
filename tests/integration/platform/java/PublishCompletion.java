import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes one event in each mode: {@code java -cp "kafka/*" PublishCompletion.java localhost:9092}. */
public class PublishCompletion {
    static final String TOPIC = "raw.training.pr-2";

    static final String DATA = """
        {"personnel_id": "%s", "course_id": "C001", "completed_on": "2019-06-30", "language": "FR"}""";

    static final String EVENT = """
        {"specversion": "1.0", "id": "%s", "source": "urn:orgpulse:system:pr-2",
         "type": "org.training.completion.recorded.v1", "time": "2019-06-30T14:05:00Z",
         "datacontenttype": "application/json", "data": %s}""";

    /** The whole event is the value. */
    static ProducerRecord<String, byte[]> structured(String id, String person) {
        byte[] value = EVENT.formatted(id, DATA.formatted(person)).getBytes(UTF_8);
        return withHeaders(new ProducerRecord<>(TOPIC, person, value),
            Map.of("content-type", "application/cloudevents+json"));
    }

    /** The payload is the value, the attributes are headers. */
    static ProducerRecord<String, byte[]> binary(String id, String person) {
        byte[] value = DATA.formatted(person).getBytes(UTF_8);
        return withHeaders(new ProducerRecord<>(TOPIC, person, value), Map.of(
            "ce_specversion", "1.0",
            "ce_id", id,
            "ce_source", "urn:orgpulse:system:pr-2",
            "ce_type", "org.training.completion.recorded.v1",
            "ce_time", "2019-06-30T14:05:00Z",
            "content-type", "application/json"));
    }

    static ProducerRecord<String, byte[]> withHeaders(
            ProducerRecord<String, byte[]> record, Map<String, String> headers) {
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(UTF_8)));
        return record;
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Object> settings = Map.of(
            "bootstrap.servers", arguments[0],
            "acks", "all",
            "enable.idempotence", true);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (var record : List.of(structured("java-1", "P000041"), binary("java-2", "P000042"))) {
                var kept = producer.send(record).get();  // returns once Kafka has it, or throws
                System.out.println(kept.topic() + " " + kept.partition());
            }
        }
    }
}
