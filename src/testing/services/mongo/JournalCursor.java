import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One change stream: of a collection, or of a database when its namespace ends in `.1`. */
final class JournalCursor extends AbstractCursor {
  static final int HISTORY_LOST = 286;
  private static final int BATCH = 1000;
  private static final int STEPS = 5000;

  private final Journal journal;
  private final Aggregation aggregation;
  private final String namespace;
  private final boolean looksUp;
  private long position;
  private boolean ended;

  JournalCursor(long id, Journal journal, Document stage, String namespace, Aggregation aggregation) {
    super(id);
    this.journal = journal;
    this.aggregation = aggregation;
    this.namespace = namespace;
    this.looksUp = "updateLookup".equals(stage.get("fullDocument"));
    this.position = startOf(stage);
    requireHistory();
  }

  private long startOf(Document stage) {
    Object token = stage.getOrDefault("startAfter", stage.get("resumeAfter"));
    if (token != null) {
      return Long.parseLong(((Document) token).get("_data").toString(), 16);
    }
    Object time = stage.get("startAtOperationTime");
    return time == null ? journal.visible() : ((BsonTimestamp) time).getValue() - 1;
  }

  private void requireHistory() {
    if (position < journal.floor()) {
      throw new MongoServerError(HISTORY_LOST, "ChangeStreamHistoryLost",
          "Resume of change stream was not possible, as the resume point may no longer be in the oplog.");
    }
  }

  Document token() {
    return tokenOf(position);
  }

  private static Document tokenOf(long position) {
    return new Document("_data", String.format("%016x", position));
  }

  void await(long millis) {
    journal.await(position, millis);
  }

  @Override
  public boolean isEmpty() {
    return ended;
  }

  @Override
  public List<Document> takeDocuments(int most) {
    requireHistory();
    int limit = most > 0 ? Math.min(most, BATCH) : BATCH;
    List<Document> events = new ArrayList<>();
    Long next = journal.next(position);
    for (int step = 0; next != null && step < STEPS && events.size() < limit && !ended; step++) {
      Document entry = journal.at(next);
      position = next;
      if (entry != null && concerns(entry)) {
        events.addAll(aggregation.runStagesAsStream(eventsOf(entry)).collect(Collectors.toList()));
      }
      next = journal.next(position);
    }
    return events;
  }

  private boolean concerns(Document entry) {
    String changed = (String) entry.get("ns");
    return changed.equals(namespace)
        || (namespace.endsWith(".1") && changed.startsWith(namespace.substring(0, namespace.length() - 1)));
  }

  private Stream<Document> eventsOf(Document entry) {
    String changed = (String) entry.get("ns");
    int dot = changed.indexOf('.');
    String operation = (String) entry.get("operationType");
    Document event = new Document("_id", token()).append("operationType", operation)
        .append("clusterTime", new BsonTimestamp(position)).append("wallTime", entry.get("wallTime"))
        .append("ns", new Document("db", changed.substring(0, dot)).append("coll", changed.substring(dot + 1)));
    if (operation.equals("drop")) {
      return withInvalidate(event);
    }
    event.append("documentKey", new Document("_id", entry.get("id")));
    if (entry.containsKey("fullDocument")) {
      event.append("fullDocument", entry.get("fullDocument"));
    }
    if (entry.containsKey("updateDescription")) {
      event.append("updateDescription", entry.get("updateDescription"));
      if (looksUp) {
        event.append("fullDocument", currentDocument(event));
      }
    }
    return Stream.of(event);
  }

  /** A collection's stream ends with its collection; a database's goes on. */
  private Stream<Document> withInvalidate(Document drop) {
    if (namespace.endsWith(".1")) {
      return Stream.of(drop);
    }
    ended = true;
    Document invalidate = new Document("_id", token()).append("operationType", "invalidate")
        .append("clusterTime", new BsonTimestamp(position));
    return Stream.of(drop, invalidate);
  }

  private Document currentDocument(Document event) {
    Document place = (Document) event.get("ns");
    MongoCollection<?> collection = journal.backend().resolveDatabase((String) place.get("db"))
        .resolveCollection((String) place.get("coll"), false);
    Document key = (Document) event.get("documentKey");
    return collection == null ? null : collection.handleQueryAsStream(key).findFirst().orElse(null);
  }
}
