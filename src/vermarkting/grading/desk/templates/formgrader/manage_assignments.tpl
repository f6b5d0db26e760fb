{%- extends "nbgrader/manage_assignments.tpl" -%}

{%- block messages -%}
<p>{{ say("lists.assignments") }} <a href="{{ base_url }}/vermarkting/nakijken">{{ say("lists.desk") }}</a></p>
{% if exchange_missing %}<p class="alert alert-info" id="warning-exchange">{{ say("lists.no_exchange", folder=exchange) }}</p>{% endif %}
{%- endblock -%}
