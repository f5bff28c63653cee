-- Who is told of which act. A message is born in the statement that did the act, and its deliveries with it: no act without its message,
-- and no message of an act that lost its race.

-- One row for an act that is told, none for any other.
CREATE FUNCTION message_of_act(resource text, action text)
RETURNS TABLE (type text, to_client boolean, to_body boolean, to_watchers boolean) LANGUAGE sql IMMUTABLE AS $$
  SELECT told.type, told.to_client, told.to_body, told.to_watchers
  FROM (VALUES
    ('engagement', 'apply', 'engagement.applied', false, true, false),
    ('engagement', 'accept', 'engagement.accepted', true, false, false),
    ('engagement', 'decline', 'engagement.declined', true, false, false),
    ('engagement', 'withdraw', 'engagement.withdrawn', false, true, false),
    ('engagement', 'override', 'engagement.overridden', false, true, false),
    ('engagement', 'changeTeam', 'engagement.team-changed', true, true, false),
    ('engagement', 'chooseDisclosure', 'engagement.disclosure-chosen', false, true, false),
    ('engagement', 'recordAgreement', 'engagement.agreement-recorded', true, false, false),
    ('engagement', 'signAgreement', 'engagement.agreement-signed', false, true, false),
    ('engagement', 'recordReductionPlan', 'engagement.reduction-plan-recorded', false, true, false),
    ('engagement', 'raiseFinding', 'finding.raised', true, false, false),
    ('engagement', 'answerFinding', 'finding.answered', false, true, false),
    ('engagement', 'closeFinding', 'finding.closed', true, false, false),
    ('engagement', 'acceptFactorTable', 'engagement.factor-table-accepted', true, false, false),
    ('engagement', 'rejectFactorTable', 'engagement.factor-table-rejected', true, false, false),
    ('engagement', 'sendBack', 'engagement.sent-back', true, false, false),
    ('engagement', 'resubmit', 'engagement.resubmitted', false, true, false),
    ('engagement', 'propose', 'engagement.proposed', true, true, false),
    ('engagement', 'concur', 'engagement.reviewed', false, true, false),
    ('engagement', 'returnToTeam', 'engagement.returned', true, true, false),
    ('engagement', 'grant', 'engagement.granted', true, true, false),
    ('engagement', 'refuse', 'engagement.refused', true, true, false),
    ('engagement', 'recordVerificationReport', 'engagement.report-recorded', true, false, false),
    ('engagement', 'issue', 'credential.issued', true, true, false),
    ('credential', 'suspend-credential', 'credential.suspended', true, true, true),
    ('credential', 'reinstate-credential', 'credential.reinstated', true, true, true),
    ('credential', 'withdraw-credential', 'credential.withdrawn', true, true, true),
    ('credential', 'cancel-credential', 'credential.cancelled', true, true, true),
    ('credential', 'supersede-credential', 'credential.superseded', true, true, true),
    ('surveillance', 'record-surveillance', 'credential.surveillance-recorded', true, true, false),
    ('succession', 'declare-succession', 'credential.succession-declared', true, true, false),
    ('case', 'open-case', 'case.opened', false, true, false),
    ('case', 'acknowledge-case', 'case.moved', true, true, false),
    ('case', 'assign-case', 'case.moved', false, true, false),
    ('case', 'extend-case', 'case.moved', true, true, false),
    ('case', 'addStatement-case', 'case.moved', false, true, false),
    ('case', 'report-case', 'case.moved', false, true, false),
    ('case', 'dismiss-case', 'case.moved', true, true, false),
    ('case', 'decide-case', 'case.moved', true, true, false),
    ('case', 'close-case', 'case.moved', true, true, false),
    ('accreditation', 'record-accreditation', 'accreditation.recorded', false, true, false),
    ('accreditation', 'withdraw-accreditation', 'accreditation.withdrawn', false, true, false),
    ('assessment', 'grant-assessment', 'assessment.granted', true, true, false),
    ('assessment', 'revoke-assessment', 'assessment.revoked', true, true, false),
    ('client', 'create-client', 'client.made', false, true, false),
    ('client', 'confirm-client', 'client.confirmed', false, true, false),
    ('client', 'revoke-client', 'client.revoked', false, true, false),
    ('member', 'create-member', 'member.made', false, true, false),
    ('webhook', 'try-webhook', 'webhook.tried', false, true, false)
  ) told (resource, action, type, to_client, to_body, to_watchers)
  WHERE (told.resource, told.action) = (message_of_act.resource, message_of_act.action)
$$;
--> statement-breakpoint
-- What a message says, picked by name: states, numbers and dates, never a person or a text. Whose the subject is: of an engagement, its
-- two organizations; of a document, its holder and its body; of an assessment, the assessor's and the body's; of the rest, its own.
CREATE FUNCTION told_of(deed audit) RETURNS TABLE (subject text, subject_id uuid, client uuid, body uuid, facts jsonb)
LANGUAGE sql STABLE AS $$
  SELECT CASE deed.action WHEN 'issue' THEN 'credential' ELSE 'engagement' END,
    CASE deed.action WHEN 'issue' THEN (deed.facts ->> 'credential')::uuid ELSE file.id END,
    file.client_organization_id, file.body_organization_id,
    jsonb_strip_nulls(jsonb_build_object('from', deed.facts -> 'from', 'to', deed.facts -> 'to', 'number', deed.facts -> 'number',
      'revision', deed.facts -> 'revision', 'engagementId', CASE deed.action WHEN 'issue' THEN file.id END,
      'finding', coalesce(deed.facts -> 'finding', to_jsonb(raised.number)), 'findingKind', raised.kind,
      'answerBy', raised.answer_by, 'closure', deed.facts -> 'closure', 'factorTable', deed.facts -> 'factorTable'))
  FROM engagements file LEFT JOIN findings raised ON raised.id = (deed.facts ->> 'findingId')::uuid
  WHERE deed.resource = 'engagement' AND file.id = deed.resource_id
  UNION ALL
  SELECT 'credential', document.id, document.client_organization_id, document.body_organization_id,
    jsonb_strip_nulls(jsonb_build_object('number', document.number, 'from', deed.facts -> 'from', 'to', deed.facts -> 'to',
      'reason', made.reason_class, 'effectiveAt', to_char(made.effective_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'successor', next.number))
  FROM credentials document
    LEFT JOIN credential_moves made ON made.id = deed.id
    LEFT JOIN credentials next ON next.id = made.successor_id
  WHERE deed.resource = 'credential' AND document.id = deed.resource_id
  UNION ALL
  SELECT 'credential', document.id, document.client_organization_id, document.body_organization_id,
    jsonb_strip_nulls(jsonb_build_object('number', document.number, 'outcome', deed.facts -> 'outcome',
      'surveillance', CASE deed.resource WHEN 'surveillance' THEN deed.facts -> 'number' END,
      'purpose', deed.facts -> 'purpose', 'engagementId', deed.facts -> 'engagement'))
  FROM credentials document
  WHERE deed.resource IN ('surveillance', 'succession') AND 'credential:' || document.id = deed.chain
  UNION ALL
  SELECT 'case', matter.id, CASE matter.opened_by WHEN 'client' THEN matter.client_organization_id END, matter.body_organization_id,
    jsonb_strip_nulls(jsonb_build_object('number', matter.number, 'kind', matter.kind, 'openedBy', matter.opened_by,
      'move', split_part(deed.action, '-', 1), 'from', deed.facts -> 'from', 'to', deed.facts -> 'to',
      'dueAt', to_char(matter.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
  FROM cases matter WHERE deed.resource = 'case' AND matter.id = deed.resource_id
  UNION ALL
  SELECT 'accreditation', fact.id, NULL, fact.body_organization_id,
    jsonb_build_object('kind', fact.kind, 'number', fact.number)
  FROM accreditations fact WHERE deed.resource = 'accreditation' AND fact.id = deed.resource_id
  UNION ALL
  SELECT 'assessment', granted.id, assessor.organization_id, granted.body_organization_id,
    jsonb_build_object('until', to_char(granted.valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  FROM assessments granted JOIN members assessor ON assessor.id = granted.assessor_member_id
  WHERE deed.resource = 'assessment' AND granted.id = deed.resource_id
  UNION ALL
  -- Whoever did it: the secret of the client that founds an organization has been in the operator's hands.
  SELECT 'client', made.id, NULL, made.organization_id, jsonb_build_object('scopes', made.scopes,
    'by', CASE WHEN made.organization_id = deed.organization_id THEN 'organization' ELSE 'operator' END)
  FROM api_clients made
  WHERE deed.resource = 'client' AND made.id = deed.resource_id
  UNION ALL
  SELECT 'member', made.id, NULL, made.organization_id, jsonb_build_object('roles', made.roles)
  FROM members made
  WHERE deed.resource = 'member' AND made.id = deed.resource_id AND made.organization_id <> deed.organization_id
  UNION ALL
  SELECT 'webhook', deed.resource_id, NULL, deed.organization_id, '{}'::jsonb WHERE deed.resource = 'webhook'
$$;
--> statement-breakpoint
-- The organizations that watch a document.
CREATE FUNCTION watchers_of(credential uuid) RETURNS TABLE (organization_id uuid) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT watch.organization_id FROM watched_credentials watched JOIN watches watch ON watch.id = watched.watch_id
  WHERE watched.credential_id = credential AND watch.ended_at IS NULL
$$;
--> statement-breakpoint
CREATE FUNCTION tell_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO messages (organization_id, at, type, subject, subject_id, facts, source)
  SELECT reader.id, NEW.at, told.type, about.subject, about.subject_id, about.facts, 'act:' || NEW.id
  FROM message_of_act(NEW.resource, NEW.action) told, told_of(NEW) about,
    LATERAL (
      SELECT about.client WHERE told.to_client AND about.client IS NOT NULL
      UNION SELECT about.body WHERE told.to_body
      UNION SELECT watcher.organization_id FROM watchers_of(about.subject_id) watcher WHERE told.to_watchers
    ) reader (id)
  ON CONFLICT (organization_id, source) DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_told AFTER INSERT ON audit FOR EACH ROW
  WHEN (NEW.kind <> 'reading' AND NEW.resource IN
    ('engagement', 'credential', 'surveillance', 'succession', 'case', 'accreditation', 'assessment', 'client', 'member',
     'webhook'))
  EXECUTE FUNCTION tell_act();
--> statement-breakpoint
-- A message goes to each of its organization's webhooks that asks for its type; the one that tries a webhook out, to that one alone.
CREATE FUNCTION deliver_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO deliveries (webhook_id, message_id, state, due_at, created_at)
  SELECT hook.id, NEW.id, 'pending', NEW.at, NEW.at FROM webhooks hook
  WHERE hook.organization_id = NEW.organization_id AND hook.stopped_at IS NULL
    AND CASE NEW.type WHEN 'webhook.tried' THEN hook.id = NEW.subject_id
      ELSE cardinality(hook.types) = 0 OR NEW.type = ANY (hook.types) END;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER messages_delivered AFTER INSERT ON messages FOR EACH ROW EXECUTE FUNCTION deliver_message();
--> statement-breakpoint
-- What an organization was told stays as it was told.
CREATE FUNCTION messages_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_permanent('a message stays as it was told', 'messages_permanent');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER messages_permanent BEFORE UPDATE OR DELETE ON messages FOR EACH ROW EXECUTE FUNCTION messages_permanent();
--> statement-breakpoint
CREATE TRIGGER messages_never_emptied BEFORE TRUNCATE ON messages FOR EACH STATEMENT EXECUTE FUNCTION messages_permanent();
